using System.Text;

namespace Leat.Log.Tests;

/// <summary>Logins byte for byte; kcat shows the ordinary ones.</summary>
public sealed class PortLoginTests
{
    private static readonly SaslUsers Users = new(new Dictionary<string, string> { ["ann"] = "secret" });

    [Fact]
    public async Task Given_users_When_something_is_asked_before_the_login_Then_the_connection_is_closed_without_an_answer()
    {
        await using var fixture = PortFixture.Open(users: Users);
        using var client = WireClient.To(fixture);
        await client.AskAsync(ApiKey.ApiVersions, 0, Bodies.Empty);
        await client.SendAsync(client.Encode(ApiKey.Metadata, 1, Bodies.Metadata()));
        Assert.Null(await client.ReadFrameAsync());
    }

    [Fact]
    public async Task Given_users_When_a_large_request_comes_before_the_login_Then_the_connection_is_closed()
    {
        await using var fixture = PortFixture.Open(users: Users);
        using var client = WireClient.To(fixture);
        await client.SendAsync(WireClient.Framed(new byte[100_000])[..64]);
        Assert.Null(await client.ReadFrameAsync());
    }

    [Theory]
    [InlineData((short)0)]
    [InlineData((short)1)]
    public async Task Given_the_right_password_When_sent_by_either_handshake_Then_requests_are_answered(short version)
    {
        await using var fixture = PortFixture.Open(users: Users);
        using var client = WireClient.To(fixture);
        Assert.Equal((short)0, (await client.AskAsync(ApiKey.SaslHandshake, version, new() { ["mechanism"] = "PLAIN" }))["error"]);
        if (version == 0)
        {
            await client.SendAsync(WireClient.Framed(Encoding.UTF8.GetBytes("\0ann\0secret")));
            Assert.Empty((await client.ReadFrameAsync())!);
        }
        else
        {
            Assert.Equal((short)0, (await client.AskAsync(ApiKey.SaslAuthenticate, 2, new() { ["bytes"] = Encoding.UTF8.GetBytes("\0ann\0secret") }))["error"]);
        }
        await client.AskAsync(ApiKey.Metadata, 1, Bodies.Metadata());
    }

    [Theory]
    [InlineData("\0ann\0guess")]
    [InlineData("\0bob\0secret")]
    [InlineData("bob\0ann\0secret")]
    [InlineData("ann")]
    [InlineData("")]
    public async Task Given_a_wrong_login_When_sent_Then_error_58_and_the_connection_gets_no_second_attempt(string token)
    {
        await using var fixture = PortFixture.Open(users: Users);
        using var client = WireClient.To(fixture);
        await client.AskAsync(ApiKey.SaslHandshake, 1, new() { ["mechanism"] = "PLAIN" });
        var answer = await client.AskAsync(ApiKey.SaslAuthenticate, 1, new() { ["bytes"] = Encoding.UTF8.GetBytes(token) });
        Assert.Equal(KafkaError.SaslAuthenticationFailed, (KafkaError)(short)answer["error"]!);
        Assert.DoesNotContain("secret", (string)answer["message"]!);
        var again = await client.AskAsync(ApiKey.SaslAuthenticate, 1, new() { ["bytes"] = Encoding.UTF8.GetBytes("\0ann\0secret") });
        Assert.Equal(KafkaError.IllegalSaslState, (KafkaError)(short)again["error"]!);
        await client.SendAsync(client.Encode(ApiKey.Metadata, 1, Bodies.Metadata()));
        Assert.Null(await client.ReadFrameAsync());
    }

    [Fact]
    public void Given_the_example_of_RFC_7677_When_calculated_Then_proof_and_signature_are_those_of_the_RFC()
    {
        // user "user", password "pencil", salt W22ZaJ0SNY7soEsUEjb6gQ==, 4096 iterations
        var credential = ScramCredential.Make("pencil", Convert.FromBase64String("W22ZaJ0SNY7soEsUEjb6gQ=="), SaslMechanism.HashOf(SaslMechanism.ScramSha256));
        const string Signed = "n=user,r=rOprNGfwEbeRWgbNEkqO,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        Assert.Equal("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", Convert.ToBase64String(ScramCredential.Hmac(SaslMechanism.HashOf(SaslMechanism.ScramSha256), credential.ServerKey, Signed)));
        var proof = Convert.FromBase64String("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        var signature = ScramCredential.Hmac(SaslMechanism.HashOf(SaslMechanism.ScramSha256), credential.StoredKey, Signed);
        for (var i = 0; i < proof.Length; i++) proof[i] ^= signature[i];
        Assert.Equal(credential.StoredKey, ScramCredential.Hash(SaslMechanism.HashOf(SaslMechanism.ScramSha256), proof));
    }
}
