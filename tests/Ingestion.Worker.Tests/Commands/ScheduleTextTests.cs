using Discovery.Ingestion.Worker.Commands;

namespace Discovery.Ingestion.Worker.Tests.Commands;

public sealed class ScheduleTextTests
{
    private const string Recipe = "# Shop\nsource: {type: file} # first\nsink:\n  type: blackhole\n";

    [Theory]
    [InlineData(Recipe, Recipe + "\ndeployment:\n  schedule: \"0 3 * * *\"\n  time_zone: \"Europe/Berlin\"\n")]
    [InlineData("sink: {}", "sink: {}\n\ndeployment:\n  schedule: \"0 3 * * *\"\n  time_zone: \"Europe/Berlin\"\n")]
    [InlineData("deployment:\n    name: Shop # shown\nsink: {}\n", "deployment:\n    schedule: \"0 3 * * *\"\n    time_zone: \"Europe/Berlin\"\n    name: Shop # shown\nsink: {}\n")]
    [InlineData("deployment:\n  schedule: 0 1 * * * # at night\n  time_zone: 'UTC'\n", "deployment:\n  schedule: \"0 3 * * *\" # at night\n  time_zone: \"Europe/Berlin\"\n")]
    [InlineData("a: 1\r\n", "a: 1\r\n\r\ndeployment:\r\n  schedule: \"0 3 * * *\"\r\n  time_zone: \"Europe/Berlin\"\r\n")]
    public void Only_the_schedule_and_its_time_zone_change(string before, string after) => Assert.Equal(after, ScheduleText.Put(before, "0 3 * * *", "Europe/Berlin"));

    [Theory]
    [InlineData("{\"sink\": {}}")]
    [InlineData("deployment: {schedule: '0 1 * * *'}\n")]
    [InlineData("deployment: *shared\n")]
    [InlineData("deployment:\n  schedule: >\n    0 1 * * *\n")]
    [InlineData("deployment:\n  schedule: &at 0 1 * * *\n")]
    [InlineData("sink: {}\n...\n")]
    [InlineData("sink: {\n")]
    [InlineData("")]
    public void A_text_in_another_form_is_left_alone(string text) => Assert.Null(ScheduleText.Put(text, "0 3 * * *", null));
}
