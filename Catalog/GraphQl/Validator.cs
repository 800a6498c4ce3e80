using Discovery.Catalog.GraphQl.Syntax;

namespace Discovery.Catalog.GraphQl;

/// <summary>Checks a request against the schema before anything of it is done: its fields, fragments, arguments, variables and size.</summary>
internal sealed class Validator
{
    /// <summary>Most fields of a request, each fragment counted where it is used. The largest of the client has about 400.</summary>
    public const int MaxFields = 5_000;

    /// <summary>How deep fields may be nested, fragments included.</summary>
    public const int MaxDepth = 30;

    /// <summary>Most fields at the root, of which each may be a search.</summary>
    public const int MaxRootFields = 20;

    private static readonly TypeReference Condition = new("Boolean", null, true);

    private readonly Schema _schema;
    private readonly Document _document;
    private readonly Dictionary<string, TypeReference> _variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Size> _fragments = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    private Validator(Schema schema, Document document, Operation operation)
    {
        _schema = schema;
        _document = document;
        foreach (var variable in operation.Variables)
        {
            _variables[variable.Name] = variable.Type;
        }
    }

    /// <exception cref="GraphQlException">The request asks for something that is not there, or for too much.</exception>
    public static void Check(Schema schema, Document document, Operation operation, SchemaType root)
    {
        var size = new Validator(schema, document, operation).Measure(operation.Selections, root);
        foreach (var variable in operation.Variables)
        {
            if (schema.Find(variable.Type.Innermost) is not { IsComposite: false })
            {
                throw new GraphQlException($"Variable '${variable.Name}' is of type {variable.Type}, which this catalog does not have.", variable.Location);
            }
        }
        if (size.Fields > MaxFields || size.Depth > MaxDepth || size.Own > MaxRootFields)
        {
            throw TooLarge(operation.Location);
        }
    }

    private static GraphQlException TooLarge(Location at) =>
        new($"The request is too large: at most {MaxFields} fields, {MaxRootFields} of them at the root, nested at most {MaxDepth} deep.", at);

    private Size Measure(IReadOnlyList<Selection> selections, SchemaType parent)
    {
        var size = default(Size);
        foreach (var selection in selections)
        {
            CheckDirectives(selection.Directives);
            size = size.And(selection switch
            {
                FieldSelection field => MeasureField(field, parent),
                InlineFragment inline => Measure(inline.Selections, inline.Type is null ? parent : RequireType(inline.Type, inline.Location)),
                FragmentSpread spread => MeasureFragment(spread),
                _ => default,
            });
        }
        return size;
    }

    private Size MeasureField(FieldSelection selection, SchemaType parent)
    {
        if (selection.Name == "__typename")
        {
            return new Size(1, 1, 1);
        }
        var field = Executor.FindField(parent, selection.Name)
            ?? throw new GraphQlException($"This catalog does not offer the field '{selection.Name}' of {parent.Name}.", selection.Location);
        foreach (var argument in selection.Arguments)
        {
            var known = field.Arguments.FirstOrDefault(known => known.Name == argument.Name)
                ?? throw new GraphQlException($"The field '{field.Name}' of {parent.Name} has no argument '{argument.Name}' in this catalog.", argument.Location);
            CheckVariables(argument.Value, known.Type);
        }
        if (field.Arguments.FirstOrDefault(known => known.Type.Required && known.Default is null && selection.Arguments.All(given => given.Name != known.Name)) is { } missing)
        {
            throw new GraphQlException($"The field '{field.Name}' of {parent.Name} needs the argument '{missing.Name}'.", selection.Location);
        }
        var type = _schema[field.Type];
        if (type.IsComposite != selection.Selections.Count > 0)
        {
            throw new GraphQlException(
                type.IsComposite ? $"The field '{field.Name}' is of type {field.Type}: say which of its fields, in braces." : $"The field '{field.Name}' is of type {field.Type}, which has no fields.",
                selection.Location);
        }
        var inner = Measure(selection.Selections, type);
        return new Size(1, inner.Fields + 1, inner.Depth + 1);
    }

    private Size MeasureFragment(FragmentSpread spread)
    {
        if (_fragments.TryGetValue(spread.Name, out var known))
        {
            return known;
        }
        var fragment = _document.Fragments.GetValueOrDefault(spread.Name) ?? throw new GraphQlException($"There is no fragment '{spread.Name}'.", spread.Location);
        if (!_open.Add(spread.Name))
        {
            throw new GraphQlException($"The fragment '{spread.Name}' contains itself.", spread.Location);
        }
        if (_open.Count > MaxDepth)
        {
            throw TooLarge(spread.Location);
        }
        var size = Measure(fragment.Selections, RequireType(fragment.Type, fragment.Location));
        _open.Remove(spread.Name);
        return _fragments[spread.Name] = size;
    }

    private SchemaType RequireType(string name, Location at) =>
        _schema.Find(name) is { IsComposite: true } type ? type : throw new GraphQlException($"This catalog does not have the type '{name}'.", at);

    private void CheckDirectives(IReadOnlyList<Directive> directives)
    {
        foreach (var directive in directives)
        {
            if (directive.Name is not ("include" or "skip") || directive.Arguments is not [{ Name: "if" }])
            {
                throw new GraphQlException($"'@{directive.Name}' is no directive of this catalog; '@include' and '@skip' with the argument 'if' are.", directive.Location);
            }
            CheckVariables(directive.Arguments[0].Value, Condition);
        }
    }

    private void CheckVariables(Literal literal, TypeReference? type)
    {
        switch (literal.Value)
        {
            case VariableName variable when !_variables.ContainsKey(variable.Name):
                throw new GraphQlException($"The operation does not declare the variable '${variable.Name}'.", literal.Location);
            // Whether a scalar fits is told by its value.
            case VariableName variable when type is not null && _variables[variable.Name] is var declared && IsInputObject(type) && declared.Innermost != type.Innermost:
                throw new GraphQlException($"Variable '${variable.Name}' is of type {declared}, and {type} is expected here.", literal.Location);
            case List<Literal> list:
                list.ForEach(each => CheckVariables(each, type));
                break;
            case Dictionary<string, Literal> members:
                var fields = type is null ? [] : _schema[type].InputFields;
                foreach (var (name, value) in members)
                {
                    CheckVariables(value, fields.FirstOrDefault(field => field.Name == name)?.Type);
                }
                break;
        }
    }

    private bool IsInputObject(TypeReference type) => _schema[type].Kind == TypeKind.INPUT_OBJECT;

    /// <param name="Own">Fields of the set itself.</param>
    /// <param name="Fields">With all below.</param>
    /// <param name="Depth">How deep.</param>
    private readonly record struct Size(long Own, long Fields, int Depth)
    {
        // Capped, for fragments that double at each level.
        public Size And(Size other) => new(Math.Min(Own + other.Own, 1L << 40), Math.Min(Fields + other.Fields, 1L << 40), Math.Max(Depth, other.Depth));
    }
}
