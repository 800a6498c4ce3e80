using System.Globalization;

namespace Discovery.Catalog.GraphQl.Syntax;

/// <summary>Parses executable documents, and the parts that they share with the text of a schema.</summary>
internal sealed class Parser(string text)
{
    /// <summary>The words.</summary>
    public TokenReader Tokens { get; } = new(text);

    /// <exception cref="GraphQlException">The text is no document; the message says where and why.</exception>
    public static Document Parse(string text) => new Parser(text).ReadDocument();

    private Document ReadDocument()
    {
        var operations = new List<Operation>();
        var fragments = new Dictionary<string, Fragment>(StringComparer.Ordinal);
        while (Tokens.Current.Kind != TokenKind.End)
        {
            if (!Tokens.IsName("fragment"))
            {
                operations.Add(ReadOperation());
                continue;
            }
            var fragment = ReadFragment();
            if (!fragments.TryAdd(fragment.Name, fragment))
            {
                throw new GraphQlException($"There are two fragments named '{fragment.Name}'.", fragment.Location);
            }
        }
        return operations.Count > 0 ? new Document(operations, fragments) : throw new GraphQlException("The document has no operation.");
    }

    private Operation ReadOperation()
    {
        var at = Tokens.Current.Location;
        if (Tokens.Is("{"))
        {
            return new Operation("query", null, [], ReadSelections(), at);
        }
        if (!Tokens.IsName("query") && !Tokens.IsName("mutation") && !Tokens.IsName("subscription"))
        {
            throw Tokens.Unexpected("query, mutation or fragment");
        }
        var kind = Tokens.Take().Text;
        var name = Tokens.Current.Kind == TokenKind.Name ? Tokens.TakeName() : null;
        var variables = Tokens.BetweenOrNone("(", ")", ReadVariable);
        ReadDirectives();
        return new Operation(kind, name, variables, ReadSelections(), at);
    }

    private VariableDefinition ReadVariable()
    {
        var at = Tokens.Current.Location;
        Tokens.Expect("$");
        var name = Tokens.TakeName();
        Tokens.Expect(":");
        var type = ReadType();
        var value = Tokens.TryTake("=") ? ReadLiteral() : null;
        ReadDirectives();
        return new VariableDefinition(name, type, value, at);
    }

    private Fragment ReadFragment()
    {
        var at = Tokens.Take().Location;
        var name = Tokens.IsName("on") ? throw Tokens.Unexpected("a name") : Tokens.TakeName();
        var type = ReadTypeCondition();
        ReadDirectives();
        return new Fragment(name, type, ReadSelections(), at);
    }

    private string ReadTypeCondition()
    {
        if (!Tokens.IsName("on"))
        {
            throw Tokens.Unexpected("'on'");
        }
        Tokens.Take();
        return Tokens.TakeName();
    }

    private List<Selection> ReadSelections() => Tokens.Between("{", "}", ReadSelection);

    private Selection ReadSelection()
    {
        var at = Tokens.Current.Location;
        if (!Tokens.TryTake("..."))
        {
            var name = Tokens.TakeName();
            var alias = Tokens.TryTake(":") ? name : null;
            name = alias is null ? name : Tokens.TakeName();
            var arguments = ReadArguments();
            var fieldDirectives = ReadDirectives();
            return new FieldSelection(alias, name, arguments, Tokens.Is("{") ? ReadSelections() : [], fieldDirectives, at);
        }
        if (Tokens.Current.Kind == TokenKind.Name && !Tokens.IsName("on"))
        {
            return new FragmentSpread(Tokens.TakeName(), ReadDirectives(), at);
        }
        var type = Tokens.IsName("on") ? ReadTypeCondition() : null;
        var directives = ReadDirectives();
        return new InlineFragment(type, ReadSelections(), directives, at);
    }

    private List<Argument> ReadArguments() => Tokens.BetweenOrNone("(", ")", ReadArgument);

    private Argument ReadArgument()
    {
        var at = Tokens.Current.Location;
        var name = Tokens.TakeName();
        Tokens.Expect(":");
        return new Argument(name, ReadLiteral(), at);
    }

    /// <summary>Directives, or none.</summary>
    public List<Directive> ReadDirectives()
    {
        var directives = new List<Directive>();
        while (Tokens.Is("@"))
        {
            var at = Tokens.Take().Location;
            directives.Add(new Directive(Tokens.TakeName(), ReadArguments(), at));
        }
        return directives;
    }

    /// <summary>A type.</summary>
    public TypeReference ReadType()
    {
        var type = Tokens.Is("[")
            ? new TypeReference(null, Tokens.Between("[", "]", ReadType) is [var item] ? item : throw Tokens.Unexpected("one type in brackets"), false)
            : new TypeReference(Tokens.TakeName(), null, false);
        return Tokens.TryTake("!") ? type with { Required = true } : type;
    }

    /// <summary>A value.</summary>
    public Literal ReadLiteral()
    {
        var at = Tokens.Current.Location;
        if (Tokens.Is("["))
        {
            return new Literal(Tokens.Enclosed("[", "]", ReadLiteral), at);
        }
        if (Tokens.Is("{"))
        {
            var members = new Dictionary<string, Literal>(StringComparer.Ordinal);
            foreach (var member in Tokens.Enclosed("{", "}", ReadArgument))
            {
                if (!members.TryAdd(member.Name, member.Value))
                {
                    throw new GraphQlException($"'{member.Name}' stands twice in one object.", member.Location);
                }
            }
            return new Literal(members, at);
        }
        if (Tokens.TryTake("$"))
        {
            return new Literal(new VariableName(Tokens.TakeName()), at);
        }
        var token = Tokens.Current;
        object? value = token.Kind switch
        {
            TokenKind.Text => token.Text,
            TokenKind.Int => long.Parse(token.Text, CultureInfo.InvariantCulture),
            TokenKind.Float => double.Parse(token.Text, CultureInfo.InvariantCulture),
            TokenKind.Name => token.Text switch { "null" => null, "true" => true, "false" => false, var name => new EnumSymbol(name) },
            _ => throw Tokens.Unexpected("a value"),
        };
        Tokens.Take();
        return new Literal(value, at);
    }
}
