using Discovery.Ingestion.Sources.MySql;

namespace Discovery.Ingestion.Tests.Sources.MySql;

public sealed class ColumnTypeTests
{
    [Theory]
    [InlineData("int(11)", "INTEGER(11)", "Number")]
    [InlineData("int", "INTEGER", "Number")]
    [InlineData("int(8) unsigned zerofill", "INTEGER(8) UNSIGNED ZEROFILL", "Number")]
    [InlineData("bigint unsigned", "BIGINT UNSIGNED", "Number")]
    [InlineData("tinyint(1)", "TINYINT(1)", "Number")]
    [InlineData("decimal(10,2)", "DECIMAL(10, 2)", "Number")]
    [InlineData("decimal(8,3) unsigned", "DECIMAL(8, 3) UNSIGNED", "Number")]
    [InlineData("float(7,3)", "FLOAT(7, 3)", "Number")]
    [InlineData("double", "DOUBLE", "Number")]
    [InlineData("bit(8)", "BIT(8)", "Bytes")]
    [InlineData("char(0)", "CHAR(0)", "String")]
    [InlineData("varchar(45)", "VARCHAR(45)", "String")]
    [InlineData("longtext", "LONGTEXT", "String")]
    [InlineData("text /*M!100301 COMPRESSED*/", "TEXT", "String")]
    [InlineData("binary(0)", "BINARY", "Bytes")]
    [InlineData("binary(16)", "BINARY(16)", "Bytes")]
    [InlineData("varbinary(0)", "VARBINARY(0)", "Bytes")]
    [InlineData("mediumblob", "MEDIUMBLOB", "Bytes")]
    [InlineData("enum('it''s','a)','b(','100%','back\\\\slash')", "ENUM('it''s','a)','b(','100%','back\\\\slash')", "Enum")]
    [InlineData("set('a','b')", "SET('a','b')", "String")]
    [InlineData("date", "DATE", "Date")]
    [InlineData("timestamp(6)", "TIMESTAMP(6)", "Time")]
    [InlineData("year(4)", "YEAR(4)", "Null")]
    [InlineData("year", "YEAR", "Null")]
    [InlineData("json", "JSON", "Record")]
    [InlineData("uuid", "UUID", "String")]
    [InlineData("point", "BLOB", "Null")]
    [InlineData("multipoint", "null", "Null")]
    [InlineData("inet6", "null", "Null")]
    [InlineData("vector(3)", "vector(3)", "Null")]
    public void A_column_type_is_named_as_the_real_client_names_it(string columnType, string native, string typeClass)
    {
        var type = ColumnType.Parse(columnType);

        Assert.Equal((native, typeClass), (type.NativeDataType, type.TypeClass));
    }
}
