namespace Discovery.Catalog.GraphQl.Syntax;

/// <summary>Parses the text of a schema: as much of the language as <c>schema.graphqls</c> uses.</summary>
internal sealed class SchemaParser
{
    private readonly Parser _parser;

    private SchemaParser(string text) => _parser = new Parser(text);

    private TokenReader Tokens => _parser.Tokens;

    public static List<SchemaType> Parse(string text)
    {
        var parser = new SchemaParser(text);
        var types = new List<SchemaType>();
        while (parser.Tokens.Current.Kind != TokenKind.End)
        {
            types.Add(parser.ReadType());
        }
        return types;
    }

    private SchemaType ReadType()
    {
        var description = ReadDescription();
        switch (Tokens.TakeName())
        {
            case "scalar":
                return new SchemaType(TypeKind.SCALAR, Tokens.TakeName(), description);
            case "enum":
                return new SchemaType(TypeKind.ENUM, Tokens.TakeName(), description) { EnumValues = Tokens.Between("{", "}", () => new EnumValue(Tokens.TakeName(), null)) };
            case "input":
                return new SchemaType(TypeKind.INPUT_OBJECT, Tokens.TakeName(), description) { InputFields = Tokens.Between("{", "}", ReadInput) };
            case "interface":
                return new SchemaType(TypeKind.INTERFACE, Tokens.TakeName(), description) { Fields = Tokens.Between("{", "}", ReadField) };
            case "type":
                var name = Tokens.TakeName();
                var implements = Tokens.IsName("implements");
                if (implements)
                {
                    Tokens.Take();
                }
                return new SchemaType(TypeKind.OBJECT, name, description) { Interfaces = implements ? [Tokens.TakeName()] : [], Fields = Tokens.Between("{", "}", ReadField) };
            case "union":
                var union = new SchemaType(TypeKind.UNION, Tokens.TakeName(), description);
                Tokens.Expect("=");
                do
                {
                    union.PossibleTypes.Add(Tokens.TakeName());
                }
                while (Tokens.TryTake("|"));
                return union;
            default:
                throw Tokens.Unexpected("a type");
        }
    }

    private SchemaField ReadField()
    {
        var description = ReadDescription();
        var name = Tokens.TakeName();
        var arguments = Tokens.BetweenOrNone("(", ")", ReadInput);
        Tokens.Expect(":");
        var type = _parser.ReadType();
        var path = _parser.ReadDirectives().SingleOrDefault(directive => directive.Name == "from")?.Arguments.Single().Value.Value as string;
        return new SchemaField(name, description, arguments, type, path?.Split('.') ?? []);
    }

    private InputField ReadInput()
    {
        var description = ReadDescription();
        var name = Tokens.TakeName();
        Tokens.Expect(":");
        return new InputField(name, description, _parser.ReadType(), Tokens.TryTake("=") ? _parser.ReadLiteral() : null);
    }

    private string? ReadDescription() => Tokens.Current.Kind == TokenKind.Text ? Tokens.Take().Text : null;
}
