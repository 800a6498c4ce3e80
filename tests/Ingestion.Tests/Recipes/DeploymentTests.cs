using Discovery.Ingestion.Recipes;

namespace Discovery.Ingestion.Tests.Recipes;

public sealed class DeploymentTests
{
    private const string Rest = "source: {type: mysql, config: {host_port: 'db:3306'}}\nsink: {type: console}\n";

    [Fact]
    public void A_recipe_says_when_and_where_it_runs_by_itself()
    {
        using var loaded = Loading.Load(Rest + "deployment: {name: Shop, schedule: '0 3 * * *', time_zone: Europe/Berlin, executor_id: eu}\n");
        var deployment = loaded.Recipe!.Deployment!;
        Assert.Equal(("Shop", "eu", "0 3 * * *", "Europe/Berlin"), (deployment.Name, deployment.Label, deployment.Schedule!.Cron, deployment.Schedule.TimeZone));
    }

    [Fact]
    public void Without_a_schedule_it_does_not_run_by_itself()
    {
        using var loaded = Loading.Load(Rest + "deployment: {}\n");
        Assert.Equal(new RecipeDeployment(null, null, "default"), loaded.Recipe!.Deployment);
    }

    [Fact]
    public void A_bad_schedule_and_a_bad_time_zone_are_both_told_where_they_stand()
    {
        using var loaded = Loading.Load(Rest + "deployment:\n  schedule: '0 0 0 0 0'\n  time_zone: Berlin\n");
        Assert.Collection(
            loaded.Errors.Select(problem => problem.ToString()),
            problem => Assert.StartsWith("recipe.yml:4:13: error: 'deployment.schedule': the day of the month '0'", problem, StringComparison.Ordinal),
            problem => Assert.StartsWith("recipe.yml:5:14: error: 'deployment.time_zone': there is no time zone 'Berlin'", problem, StringComparison.Ordinal));
    }
}
