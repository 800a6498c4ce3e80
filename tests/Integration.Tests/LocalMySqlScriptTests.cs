using Discovery.Embedded.LocalMySql;

namespace Discovery.Integration.Tests;

public sealed class LocalMySqlScriptTests
{
    [Theory]
    [InlineData("SELECT 1; SELECT 2", "1:SELECT 1", "1:SELECT 2")]
    [InlineData("-- a; b\n# c;\n/* d;\n */ SELECT 1;\n\n;", "4:SELECT 1")]
    [InlineData("SELECT ';', \"a\\\";\", `b;`, 'it''s;';", "1:SELECT ';', \"a\\\";\", `b;`, 'it''s;'")]
    [InlineData("SELECT 1 -- one;\n + 1;", "1:SELECT 1 -- one;\n + 1")]
    [InlineData("SELECT 1--1;", "1:SELECT 1--1")]
    [InlineData("/*!40101 SET NAMES utf8mb4 */;", "1:/*!40101 SET NAMES utf8mb4 */")]
    [InlineData("DELIMITER //\nBEGIN a; END//\ndelimiter ;\nSELECT 1;", "2:BEGIN a; END", "4:SELECT 1")]
    [InlineData("SELECT 'never closed;", "1:SELECT 'never closed;")]
    [InlineData("  \n-- nothing\n")]
    public void A_script_is_split_as_by_MySQLs_client(string script, params string[] statements) =>
        Assert.Equal(statements, SqlScript.Split(script).Select(statement => $"{statement.Line}:{statement.Text}"));

    [Theory]
    [InlineData("mariadbd  Ver 10.11.19-MariaDB-0+deb12u1 for debian-linux-gnu on x86_64 (Debian 12)", "mariadb-10.11.19")]
    [InlineData("/usr/sbin/mysqld  Ver 8.4.6 for Linux on x86_64 (MySQL Community Server - GPL)", "mysql-8.4.6")]
    [InlineData("mysqld  Ver 5.7.44 for Linux on x86_64 (MySQL Community Server (GPL))", null)]
    [InlineData("mysqld  Ver 10.3.39-MariaDB for Linux on x86_64", null)]
    [InlineData("something else", null)]
    public void A_server_program_is_known_by_its_version_line(string line, string? name) =>
        Assert.Equal(name, ServerProgram.Parse("/usr/sbin/mysqld", line)?.Name);
}
