using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.InteropServices;

namespace MySqlConnector.Native;

/// <summary>The functions of libmariadb (MariaDB Connector/C 3.3) that the stand-in calls, under their C names.</summary>
[SuppressMessage("Naming", "CA1707", Justification = "The names are those of the C functions.")]
internal static unsafe partial class LibMariaDb
{
    private const string Library = "libmariadb.so.3";

    private static readonly Lazy<string> Loaded = new(Load);

    /// <summary>The folder of the authentication plugins that belong to the library, which is loaded when this is first read.</summary>
    /// <exception cref="MySqlException">The library is not installed.</exception>
    internal static string PluginFolder => Loaded.Value;

    private static string Load()
    {
        if (!NativeLibrary.TryLoad(Library, Assembly.GetExecutingAssembly(), null, out _))
        {
            throw new MySqlException(MySqlErrorCode.None, null, $"{Library} is not installed; run 'apt-get install libmariadb3'.");
        }

        // The library loads what these name before a connection has options.
        _ = unsetenv("LIBMYSQL_PLUGINS");
        _ = unsetenv("MARIADB_PLUGIN_DIR");
        _ = mysql_server_init(0, null, null);

        // 7f80e2148000-7f80e2157000 r--p 00000000 08:01 12 /usr/lib/x86_64-linux-gnu/libmariadb.so.3
        var line = File.ReadLines("/proc/self/maps").First(l => l.Contains("/libmariadb.so", StringComparison.Ordinal));
        return Path.Combine(Path.GetDirectoryName(line[line.IndexOf('/', StringComparison.Ordinal)..])!, "libmariadb3", "plugin");
    }

    [LibraryImport(Library)]
    private static partial int mysql_server_init(int argc, byte** argv, byte** groups);

    [LibraryImport(Library)]
    internal static partial nint mysql_init(nint mysql);

    [LibraryImport(Library)]
    internal static partial int mysql_options(nint mysql, Option option, void* value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int mysql_options(nint mysql, Option option, string value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int mysql_options4(nint mysql, Option option, string key, string value);

    [LibraryImport(Library)]
    internal static partial void mysql_set_local_infile_handler(
        nint mysql,
        delegate* unmanaged[Cdecl]<void**, byte*, void*, int> init,
        delegate* unmanaged[Cdecl]<void*, byte*, uint, int> read,
        delegate* unmanaged[Cdecl]<void*, void> end,
        delegate* unmanaged[Cdecl]<void*, byte*, uint, int> error,
        void* userData);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint mysql_real_connect(
        nint mysql, string host, string user, string password, string? database, uint port, string? socket, nuint flags);

    [LibraryImport(Library)]
    internal static partial void mysql_close(nint mysql);

    [LibraryImport(Library)]
    internal static partial uint mysql_errno(nint mysql);

    [LibraryImport(Library)]
    internal static partial byte* mysql_error(nint mysql);

    [LibraryImport(Library)]
    internal static partial byte* mysql_sqlstate(nint mysql);

    [LibraryImport(Library)]
    internal static partial byte* mysql_get_server_info(nint mysql);

    [LibraryImport(Library)]
    internal static partial byte mariadb_connection(nint mysql);

    [LibraryImport(Library)]
    internal static partial byte* mysql_get_ssl_cipher(nint mysql);

    [LibraryImport(Library)]
    internal static partial nuint mysql_thread_id(nint mysql);

    [LibraryImport(Library)]
    internal static partial int mysql_get_socket(nint mysql);

    [LibraryImport(Library)]
    internal static partial byte mariadb_get_info(nint mysql, int value, void* result);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int mysql_select_db(nint mysql, string database);

    [LibraryImport(Library)]
    internal static partial int mysql_real_query(nint mysql, byte* sql, nuint length);

    [LibraryImport(Library)]
    internal static partial nint mysql_use_result(nint mysql);

    [LibraryImport(Library)]
    internal static partial byte mysql_more_results(nint mysql);

    [LibraryImport(Library)]
    internal static partial int mysql_next_result(nint mysql);

    [LibraryImport(Library)]
    internal static partial ulong mysql_affected_rows(nint mysql);

    [LibraryImport(Library)]
    internal static partial uint mysql_field_count(nint mysql);

    [LibraryImport(Library)]
    internal static partial Field* mysql_fetch_fields(nint result);

    [LibraryImport(Library)]
    internal static partial byte** mysql_fetch_row(nint result);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial nuint* mysql_fetch_lengths(nint result);

    [LibraryImport(Library)]
    internal static partial void mysql_free_result(nint result);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int unsetenv(string name);

    [LibraryImport("libc")]
    internal static partial int dup(int descriptor);

    [LibraryImport("libc")]
    internal static partial int shutdown(int descriptor, int how);

    [LibraryImport("libc")]
    internal static partial int close(int descriptor);

    /// <summary>Members of <c>enum mysql_option</c>.</summary>
    internal enum Option
    {
        ConnectTimeout = 0,
        CharacterSet = 7,
        LocalInfile = 8,
        Protocol = 9,
        VerifyServerCertificate = 21,
        PluginFolder = 22,
        SslKey = 25,
        SslCertificate = 26,
        SslCa = 27,
        SslCaFolder = 28,
        ConnectAttribute = 33,
        ServerPublicKey = 35,
        SslEnforce = 38,
        SslFingerprint = 7001,
        AllowedAuthentication = 7026,
    }

    /// <summary><c>MYSQL_FIELD</c>: what the server says about one column of a result.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Field
    {
        public byte* Name;
        public byte* OriginalName;
        public byte* Table;
        public byte* OriginalTable;
        public byte* Database;
        public byte* Catalog;
        public byte* Default;
        public nuint Length;
        public nuint MaxLength;
        public uint NameLength;
        public uint OriginalNameLength;
        public uint TableLength;
        public uint OriginalTableLength;
        public uint DatabaseLength;
        public uint CatalogLength;
        public uint DefaultLength;
        public uint Flags;
        public uint Decimals;
        public uint CharacterSet;
        public int Type;
        public void* Extension;
    }
}
