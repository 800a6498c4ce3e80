using Discovery.Ingestion.Recipes;

namespace Discovery.Ingestion.Tests.Recipes;

public sealed class RecipeNameTests
{
    [Theory]
    [InlineData("shop", true)]
    [InlineData("-_EU.1", true)]
    [InlineData("", false)]
    [InlineData(".shop", false)]
    [InlineData("eu/shop", false)]
    [InlineData("shop\n", false)]
    [InlineData("größe", false)]
    public void Letters_digits_and_three_marks_make_a_name(string name, bool isName) => Assert.Equal(isName, RecipeFile.IsRecipeName(name));

    [Fact]
    public void A_name_has_at_most_100_characters()
    {
        Assert.True(RecipeFile.IsRecipeName(new string('x', 100)));
        Assert.False(RecipeFile.IsRecipeName(new string('x', 101)));
    }
}
