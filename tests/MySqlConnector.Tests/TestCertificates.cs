using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Discovery.MySqlConnector.Tests;

/// <summary>An authority, a certificate of it for 127.0.0.1, and an authority that signed nothing; as PEM files.</summary>
public sealed class TestCertificates
{
    public TestCertificates(string folder)
    {
        var from = DateTimeOffset.UtcNow.AddDays(-1);
        using var authority = Authority("Test authority", from);
        using var stranger = Authority("Another authority", from);
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=database", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var server = request.Create(authority, from, from.AddDays(10), [1, 2, 3]);

        Ca = Write("ca.pem", authority.ExportCertificatePem());
        StrangerCa = Write("stranger.pem", stranger.ExportCertificatePem());
        ServerCertificate = Write("server.pem", server.ExportCertificatePem());
        ServerKey = Write("server.key", key.ExportPkcs8PrivateKeyPem());

        string Write(string name, string pem)
        {
            var path = Path.Combine(folder, name);
            File.WriteAllText(path, pem);
            return path;
        }
    }

    public string Ca { get; }

    public string StrangerCa { get; }

    public string ServerCertificate { get; }

    public string ServerKey { get; }

    private static X509Certificate2 Authority(string name, DateTimeOffset from)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(from, from.AddDays(10));
    }
}
