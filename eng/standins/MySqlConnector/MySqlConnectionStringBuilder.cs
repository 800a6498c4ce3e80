using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MySqlConnector;

/// <summary>Reads and writes connection strings. Sessions are never pooled, whatever <see cref="Pooling"/> says.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "The name is that of the real package.")]
[SuppressMessage("Design", "CA1010", Justification = "The base class is a collection, this is not.")]
public sealed class MySqlConnectionStringBuilder : DbConnectionStringBuilder
{
    // Each option with all the names that the real package knows it by; the first is the one written.
    private static readonly Dictionary<string, string> Names = new[]
    {
        new[] { "Server", "Host", "Data Source", "DataSource", "Address", "Addr", "Network Address" },
        ["Port"],
        ["User ID", "UserID", "Username", "Uid", "User name", "User"],
        ["Password", "pwd"],
        ["Database", "Initial Catalog"],
        ["SSL Mode", "SslMode"],
        ["SSL Cert", "SslCert", "Ssl-Cert"],
        ["SSL Key", "SslKey", "Ssl-Key"],
        ["SSL CA", "CACertificateFile", "CA Certificate File", "SslCa", "Ssl-Ca"],
        ["Pooling"],
        ["Allow Load Local Infile", "AllowLoadLocalInfile"],
        ["Allow Public Key Retrieval", "AllowPublicKeyRetrieval"],
        ["Application Name", "ApplicationName"],
        ["Connection Timeout", "ConnectionTimeout", "Connect Timeout"],
        ["Default Command Timeout", "DefaultCommandTimeout", "Command Timeout"],
    }.SelectMany(names => names, (names, name) => (name, names[0])).ToDictionary(p => p.name, p => p.Item2, StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes an empty builder.</summary>
    public MySqlConnectionStringBuilder()
    {
    }

    /// <summary>Reads a connection string.</summary>
    /// <exception cref="ArgumentException">An option is unknown.</exception>
    public MySqlConnectionStringBuilder(string connectionString)
    {
        ConnectionString = connectionString;
    }

    /// <summary>Host name or address.</summary>
    public string Server
    {
        get => Text("Server");
        set => this["Server"] = value;
    }

    /// <summary>TCP port, 3306 by default.</summary>
    public uint Port
    {
        get => Value("Port", 3306u);
        set => this["Port"] = value;
    }

    /// <summary>Name of the account.</summary>
    public string UserID
    {
        get => Text("User ID");
        set => this["User ID"] = value;
    }

    /// <summary>Password of the account.</summary>
    public string Password
    {
        get => Text("Password");
        set => this["Password"] = value;
    }

    /// <summary>The default database; none when empty.</summary>
    public string Database
    {
        get => Text("Database");
        set => this["Database"] = value;
    }

    /// <summary>How TLS is used, <see cref="MySqlSslMode.Preferred"/> by default.</summary>
    public MySqlSslMode SslMode
    {
        get => Enum.Parse<MySqlSslMode>(Text("SSL Mode", nameof(MySqlSslMode.Preferred)), ignoreCase: true);
        set => this["SSL Mode"] = value;
    }

    /// <summary>File with the client's certificate, in PEM.</summary>
    public string SslCert
    {
        get => Text("SSL Cert");
        set => this["SSL Cert"] = value;
    }

    /// <summary>File with the key of <see cref="SslCert"/>, in PEM.</summary>
    public string SslKey
    {
        get => Text("SSL Key");
        set => this["SSL Key"] = value;
    }

    /// <summary>File with the authorities to trust, in PEM, for the modes that verify; the system's when empty.</summary>
    public string SslCa
    {
        get => Text("SSL CA");
        set => this["SSL CA"] = value;
    }

    /// <summary>Has no effect: there is no pool.</summary>
    public bool Pooling
    {
        get => Value("Pooling", true);
        set => this["Pooling"] = value;
    }

    /// <summary>Always false: a server may not ask for files.</summary>
    /// <exception cref="NotSupportedException">It is set to true.</exception>
    public bool AllowLoadLocalInfile
    {
        get => Value("Allow Load Local Infile", false);
        set => this["Allow Load Local Infile"] = value;
    }

    /// <summary>Whether to take the key that encrypts the password from the server itself where there is no TLS; false by default.</summary>
    public bool AllowPublicKeyRetrieval
    {
        get => Value("Allow Public Key Retrieval", false);
        set => this["Allow Public Key Retrieval"] = value;
    }

    /// <summary>The program's name in the server's list of sessions.</summary>
    public string ApplicationName
    {
        get => Text("Application Name");
        set => this["Application Name"] = value;
    }

    /// <summary>Longest time to log in, in seconds: 15 by default, 0 for no limit.</summary>
    public uint ConnectionTimeout
    {
        get => Value("Connection Timeout", 15u);
        set => this["Connection Timeout"] = value;
    }

    /// <summary>Longest time to wait for a reply to a statement, in seconds: 30 by default, 0 for no limit.</summary>
    public uint DefaultCommandTimeout
    {
        get => Value("Default Command Timeout", 30u);
        set => this["Default Command Timeout"] = value;
    }

    /// <summary>The value of an option, by any of its names.</summary>
    /// <exception cref="ArgumentException">The option is unknown.</exception>
    [AllowNull]
    public override object this[string keyword]
    {
        get => base[Name(keyword)];
        set
        {
            var name = Name(keyword);
            base[name] = value is null ? null : Convert.ToString(value, CultureInfo.InvariantCulture);
            if (name == "Allow Load Local Infile" && AllowLoadLocalInfile)
            {
                throw new NotSupportedException("AllowLoadLocalInfile=true is not supported by this build of MySqlConnector.");
            }
        }
    }

    /// <summary>The same connection string without its password.</summary>
    internal string WithoutPassword()
    {
        var copy = new MySqlConnectionStringBuilder(ConnectionString);
        _ = copy.Remove("Password");
        return copy.ConnectionString;
    }

    private static string Name(string keyword) =>
        Names.TryGetValue(keyword, out var name) ? name : throw new ArgumentException($"Option '{keyword}' not supported.");

    private string Text(string name, string standard = "") => TryGetValue(name, out var value) ? (string)value : standard;

    private T Value<T>(string name, T standard)
        where T : struct, IConvertible
    {
        try
        {
            return (T)Convert.ChangeType(Text(name, Convert.ToString(standard, CultureInfo.InvariantCulture)!), typeof(T), CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new ArgumentException($"Invalid value '{Text(name)}' for '{name}' connection string option.", e);
        }
    }
}
