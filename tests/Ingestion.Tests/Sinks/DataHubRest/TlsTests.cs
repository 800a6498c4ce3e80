using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Sinks.DataHubRest;

namespace Discovery.Ingestion.Tests.Sinks.DataHubRest;

public sealed class TlsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("discovery-tls-");
    private readonly X509Certificate2 _authority = Authority("Test authority");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_server_with_a_certificate_of_our_own_authority_is_trusted()
    {
        using var certificate = Leaf(_authority, "127.0.0.1");
        await using var server = await RecordingServer.StartAsync(certificate);
        await using var run = new SinkRun(SinkRun.Config(server.Address) with { CaCertificatePath = Pem("ca.pem", _authority) });

        await run.SendAsync(SinkRun.Unit(SinkRun.Proposal(SinkRun.Urn(1))));

        Assert.Equal(1, run.Report.AcceptedCounts.Total);
        Assert.Empty(run.Report.Warnings);
    }

    [Theory]
    [InlineData("another authority", "127.0.0.1")]
    [InlineData("the right authority", "10.11.12.13")]
    [InlineData("no authority named", "127.0.0.1")]
    public async Task A_certificate_that_does_not_fit_is_refused_at_once_and_nothing_is_sent(string authority, string host)
    {
        using var other = Authority("Other authority");
        using var certificate = Leaf(_authority, host);
        await using var server = await RecordingServer.StartAsync(certificate);
        await using var run = new SinkRun(SinkRun.Config(server.Address) with
        {
            CaCertificatePath = authority switch
            {
                "another authority" => Pem("ca.pem", other),
                "the right authority" => Pem("ca.pem", _authority),
                _ => null,
            },
        });

        var fault = await Assert.ThrowsAsync<SinkException>(() => run.Sink.OpenAsync(Cancel));

        Assert.Contains("TLS failed", fault.Message, StringComparison.Ordinal);
        Assert.Contains("ca_certificate_path", fault.Message, StringComparison.Ordinal);
        Assert.Equal(1, run.Report.Requests);
        Assert.Empty(server.All);
    }

    [Fact]
    public async Task Verification_is_off_only_where_the_recipe_says_so_and_the_report_warns()
    {
        using var certificate = Leaf(_authority, "10.11.12.13");
        await using var server = await RecordingServer.StartAsync(certificate);
        await using var run = new SinkRun(SinkRun.Config(server.Address) with { DisableSslVerification = true });

        await run.SendAsync(SinkRun.Unit(SinkRun.Proposal(SinkRun.Urn(1))));

        Assert.Equal(1, run.Report.AcceptedCounts.Total);
        Assert.Contains("disable_ssl_verification", Assert.Single(run.Report.Warnings).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_certificate_is_shown_to_a_server_that_asks_for_one(bool keyInOwnFile)
    {
        using var certificate = Leaf(_authority, "127.0.0.1");
        using var own = Leaf(_authority, "127.0.0.2");
        var key = own.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem();
        var config = keyInOwnFile
            ? new DataHubRestConfig { Server = "", ClientCertificatePath = Pem("own.pem", own), ClientKeyPath = Write("own.key", key) }
            : new DataHubRestConfig { Server = "", ClientCertificatePath = Write("both.pem", own.ExportCertificatePem() + "\n" + key) };
        await using var server = await RecordingServer.StartAsync(certificate, wantsClientCertificate: true);
        await using var run = new SinkRun(config with { Server = server.Address, CaCertificatePath = Pem("ca.pem", _authority) });

        await run.SendAsync(SinkRun.Unit(SinkRun.Proposal(SinkRun.Urn(1))));

        Assert.Equal(1, run.Report.AcceptedCounts.Total);
    }

    [Theory]
    [InlineData("missing.pem", null)]
    [InlineData("empty.pem", "")]
    [InlineData("broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public async Task A_certificate_file_that_cannot_be_used_is_named(string name, string? content)
    {
        var path = content is null ? Path.Combine(_folder.FullName, name) : Write(name, content);
        await using var run = new SinkRun(SinkRun.Config("https://127.0.0.1:1") with { CaCertificatePath = path });

        var fault = await Assert.ThrowsAsync<SinkException>(() => run.Sink.OpenAsync(Cancel));

        Assert.Contains(path, fault.Message, StringComparison.Ordinal);
        Assert.Contains("ca_certificate_path", fault.Message, StringComparison.Ordinal);
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private static X509Certificate2 Leaf(X509Certificate2 authority, string address)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=leaf", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(address));
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, authority.NotBefore, authority.NotAfter, RandomNumberGenerator.GetBytes(8));
        return certificate.CopyWithPrivateKey(key);
    }

    private string Pem(string name, X509Certificate2 certificate) => Write(name, certificate.ExportCertificatePem() + "\n");

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }
}
