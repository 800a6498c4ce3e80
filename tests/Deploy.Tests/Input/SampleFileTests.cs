using Discovery.Deploy.Input;

namespace Discovery.Deploy.Tests.Input;

public sealed class SampleFileTests
{
    [Fact]
    public void The_sample_has_two_environments_and_no_problem()
    {
        var loaded = DeployFile.Load(Path.Combine(SharedFolder.Root, "deploy.sample.yml"));

        Assert.Empty(loaded.Problems);
        Assert.Equal(["dev", "prod"], loaded.Environments.Select(environment => environment.Name));
        Assert.All(loaded.Environments, environment => Assert.Equal(["payments", "shop"], environment.Recipes.Select(recipe => recipe.Name)));
    }

    [Fact]
    public void An_environment_has_what_base_says_and_what_it_says_itself()
    {
        var loaded = DeployFile.Load(Path.Combine(SharedFolder.Root, "deploy.sample.yml"));
        var (dev, prod) = (loaded.Environments[0].Config, loaded.Environments[1].Config);

        Assert.Equal("datahub", dev.DataHub.Oidc.ClientId);
        Assert.Equal("example-dev", dev.Google.Project);
        Assert.Equal("shop-db-dev.example.internal:3306", dev.Discovery.Variables["SHOP_MYSQL_HOST"].Value);
        Assert.Equal("shop-db.example.internal:3306", prod.Discovery.Variables["SHOP_MYSQL_HOST"].Value);
        Assert.Equal((Scheduling.CronJob, Scheduling.ControlPlane), (dev.Discovery.Scheduling, prod.Discovery.Scheduling));
        Assert.Equal([3310], prod.Discovery.Sources[1].Ports);
    }
}
