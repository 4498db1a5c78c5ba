using System.Collections.Immutable;
using System.Text;
using Leat.Core;

namespace Leat.Quality.Tests;

/// <summary>A retail contract and records that keep or break it.</summary>
internal static class Samples
{
    public static readonly ContractDefinition Invoices = new(
        "invoice-lines",
        "sources/online_retail.yml:3:5",
        ContractPolicy.Quarantine,
        AllowUnknown: false,
        [
            new("event_id", DataType.Text, true),
            new("invoice", DataType.Text, true, Pattern: "[CA]?[0-9]{6}"),
            new("stock_code", DataType.Text, true),
            new("description", DataType.Text, false),
            new("quantity", DataType.Int32, true, Min: -100_000, Max: 100_000),
            new("invoice_date", DataType.Timestamp, true),
            new("price", DataType.Decimal(10, 3), true, Min: -20_000),
            new("customer", DataType.Int32, false),
            new("country", DataType.Text, true, Accepted: ["United Kingdom", "France", "EIRE", "Ünïted"]),
        ]);

    public const string Good = """
        {"event_id":"2010-12-01.csv:17","invoice":"536365","stock_code":"85123A","description":"WHITE HANGING HEART T-LIGHT HOLDER","quantity":6,"invoice_date":"2010-12-01 08:26:00","price":2.55,"customer":17850,"country":"United Kingdom"}
        """;

    public static byte[] Bytes(string json) => Encoding.UTF8.GetBytes(json);

    /// <summary>A record that is mostly good: members in some order, odd values here and there.</summary>
    public static byte[] Random(Random random)
    {
        var members = new List<string>();
        foreach (var field in Invoices.Fields)
        {
            if (random.Next(60) == 0) continue;
            members.Add($"\"{Name(field.Name, random)}\":{Value(field, random)}");
        }
        if (random.Next(20) == 0) members.Add("\"extra\":{\"a\":[1,{}]}");
        if (random.Next(30) == 0 && members.Count > 0) members.Add(members[random.Next(members.Count)]);
        if (random.Next(4) == 0) members = [.. members.OrderBy(_ => random.Next())];
        var json = Bytes("{" + string.Join(random.Next(2) == 0 ? "," : " ,\n ", members) + "}");
        return random.Next(15) == 0 && json.Length > 3 ? json[..random.Next(1, json.Length)] : json;
    }

    private static string Name(string name, Random random) => random.Next(30) == 0 ? $"\\u{(int)name[0]:x4}{name[1..]}" : name;

    private static string Value(ContractFieldDefinition field, Random random)
    {
        if (random.Next(30) == 0) return Odd[random.Next(Odd.Length)];
        return field.Name switch
        {
            "quantity" or "customer" => Pick(random, ["6", "-1", "\"12\"", "0", "100000", "100001", "-100001", "2147483647", "2147483648", "\"\"", "1.0", "\"007\"", "\"1 2\""]),
            "price" => Pick(random, ["2.55", "\"2.550\"", "0", "1e2", "1.5E-2", "0.0001", "1e-4", "9999999.999", "10000000", "-20000", "-20000.001", "\"1e3\"", "1.0000", "0e99", "\".5\"", "\"5.\"", "\"-\"", "12345678901234567890123456789012345678901234567890"]),
            "invoice_date" => Pick(random, ["\"2010-12-01 08:26:00\"", "\"2010-12-01T08:26:00Z\"", "1291191960000", "\"2010-02-29 00:00:00\"", "\"2012-02-29 00:00:00\"", "\"2010-12-01\"", "\"2010-12-01T08:26:00+02:00\"", "\"2010-12-01 24:00:00\"", "\"2010-12-01 08:26:00.123\"", "\"1/12/2010\"", "999999999999999", "1.5"]),
            "country" => Pick(random, ["\"United Kingdom\"", "\"France\"", "\"Fr\\u0061nce\"", "\"Ünïted\"", "\"Atlantis\"", "\"\""]),
            "invoice" => Pick(random, ["\"536365\"", "\"C536365\"", "\"53636\"", "\"536365\\n\"", "\"X536365\""]),
            _ => Pick(random, ["\"a\"", "\"\"", "\"with \\\"quotes\\\"\"", "\"ünï\""]),
        };
    }

    private static readonly ImmutableArray<string> Odd = ["null", "true", "\"false\"", "[]", "{\"a\":1}", "\"text\"", "1e400", "-0", "\"12345678901\"", "{}"];

    private static string Pick(Random random, IReadOnlyList<string> from) => from[random.Next(3) != 0 ? 0 : random.Next(from.Count)];
}
