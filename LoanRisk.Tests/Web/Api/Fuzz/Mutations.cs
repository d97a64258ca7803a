using System.IO.Compression;

namespace LoanRisk.Tests.Web.Api.Fuzz;

/// <summary>Ways to spoil a request, each of which a broken client, a proxy or an attacker might find.</summary>
internal static class Mutations
{
    private static readonly string[] Words =
    [
        "%20", "%09", "%0A", "%00", "%2F", "%5C", "%C2%A0", "%FF", "%C3%28", "%ED%A0%80", "%25", "%", "..", "%2e%2e", ".", "", "~", "null",
        "-1", "0", "1e999", "*", "'", "\"", "<script>", "{id}", "$(id)", ";drop table decisions",
        "peerloan", "PEERLOAN", "home-credit", "v2", new('a', 300), new('a', 7000), "\u00FC", "\u0001", "\u007F",
    ];

    private static readonly string[] Methods =
    [
        "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "X", new('M', 200),
    ];

    private static readonly string[] Types =
    [
        "application/json", "application/json; charset=utf-8", "application/json; charset=utf-16", "application/json; charset=\"",
        "text/json", "application/problem+json", "application/x-www-form-urlencoded",
        "multipart/form-data", "multipart/form-data; boundary=x", "multipart/form-data; boundary=", "text/plain", "text/csv",
        "text/csv; charset=iso-8859-1", "text/csv; charset=utf-16", "text/csv; charset=utf-7",
        "text/csv; charset=klingon", "text/csv; charset=us-ascii", "text/csv; header=absent", "application/octet-stream", "*/*", "/", ";",
        "\u00FC", "", new('t', 3000),
    ];

    private static readonly string[] Encodings =
    [
        "gzip", "identity", "br", "deflate", "zstd", "gzip, gzip", "identity, gzip", "", ",", "x", new('e', 1000),
    ];

    private static readonly KeyValuePair<string, string>[] OddHeaders =
    [
        new("Accept", "text/html"), new("Accept", "\u00FF;q=x"), new("Accept-Encoding", "gzip;q=2, *;q=0"),
        new("Accept-Language", new string('x', 2000)), new("Expect", "100-continue"), new("Expect", "nonsense"),
        new("If-Modified-Since", "yesterday"), new("If-None-Match", "*"), new("Range", "bytes=5-1"),
        new("Cookie", "theme=\u0001; .AspNetCore.Antiforgery=x; =; ;"), new("Origin", "null"), new("X-Forwarded-For", "1.2.3.4, ::1, x"),
        new("X-Forwarded-Proto", "gopher"), new("X-HTTP-Method-Override", "DELETE"), new("Connection", "close"),
        new("Connection", "upgrade"), new("Upgrade", "h2c"), new("X-Large", new string('l', 20_000)),
        new("traceparent", "00-zz-yy-01"), new("Authorization", "Basic !!!"), new("Content-MD5", "x"), new("Content-Language", "\u0080"),
        new("TE", "trailers"), new("Referer", "%"),
    ];

    private static readonly Func<RawRequest, Random, RawRequest>[] All =
    [
        Segment, Segment, Slashes, Letters, Cut, Query, Query, ManyParameters, Method, Method, Type, Type,
        (r, _) => r.With("Content-Type", null), Encoding, Host, Header, Header, Gzip, CutGzip, Bomb,
        (r, random) => r with { Body = BodyMutations.Any(r.Body, random) },
        (r, random) => r with { Body = BodyMutations.Any(r.Body, random) },
        (r, random) => r with { Body = BodyMutations.Any(r.Body, random) },
        (r, random) => r with { Body = BodyMutations.Any(r.Body, random) },
        (r, random) => r with { Body = BodyMutations.Any(r.Body, random) },
        (r, random) => r with { Body = BodyMutations.Any(r.Body, random) },
    ];

    // After all others: how long the body is must be told of the one that is sent.
    private static readonly Func<RawRequest, Random, RawRequest>[] Framing = [Chunked, BadChunks, ShortLength, BadLength];

    /// <summary>Spoils a request in one to three ways; one in twenty is left as it is.</summary>
    public static RawRequest Apply(RawRequest request, Random random)
    {
        for (var times = random.Next(20) == 0 ? 0 : random.Next(1, 4); times > 0; times--)
        {
            request = Pick(All, random)(request, random);
        }

        return random.Next(15) == 0 ? Pick(Framing, random)(request, random) : request;
    }

    /// <summary>One of several.</summary>
    public static T Pick<T>(IReadOnlyList<T> all, Random random) => all[random.Next(all.Count)];

    private static RawRequest OnPath(RawRequest request, Func<string, string> change)
    {
        var query = request.Target.IndexOf('?', StringComparison.Ordinal);
        var (path, rest) = query < 0 ? (request.Target, "") : (request.Target[..query], request.Target[query..]);
        var changed = change(path);
        return request with { Target = (changed.StartsWith('/') ? changed : "/" + changed) + rest };
    }

    private static RawRequest Segment(RawRequest request, Random random) => OnPath(request, path =>
    {
        var segments = path.Split('/');
        segments[random.Next(1, segments.Length)] = Pick(Words, random);
        return string.Join('/', segments);
    });

    private static RawRequest Slashes(RawRequest request, Random random)
    {
        var odd = Pick(["//", "/./", "/../", "/%2F/", "/ /", "\\", "/;/"], random);
        var at = random.Next(3);
        return OnPath(
            request,
            path => at == 0 ? "/" + path
                : at == 1 ? path + odd.TrimEnd(' ')
                : path.Insert(path.LastIndexOf('/'), odd.Replace(" ", "%20", StringComparison.Ordinal)));
    }

    private static RawRequest Letters(RawRequest request, Random random)
    {
        var seed = random.Next();
        return OnPath(request, path =>
        {
            var own = new Random(seed);
            return string.Concat(path.Select(
                c => c == '/' || own.Next(3) > 0 ? c.ToString()
                    : own.Next(2) == 0 ? char.ToUpperInvariant(c).ToString()
                    : $"%{(int)c:x2}"));
        });
    }

    private static RawRequest Cut(RawRequest request, Random random)
    {
        var share = random.NextDouble();
        return OnPath(request, path => path[..(int)(path.Length * share)]);
    }

    private static RawRequest Query(RawRequest request, Random random)
    {
        var mark = request.Target.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        var name = Pick(["explain", "dti", "id", "product", "", "SK_ID_CURR", "%", "%00"], random);
        return request with { Target = $"{request.Target}{mark}{name}={Pick(Words, random)}" };
    }

    private static RawRequest ManyParameters(RawRequest request, Random random) =>
        request with
        {
            Target = request.Target + "?" + string.Join('&', Enumerable.Range(0, random.Next(1, 900)).Select(i => $"f{i}={i}")),
        };

    private static RawRequest Method(RawRequest request, Random random) => request with { Method = Pick(Methods, random) };

    private static RawRequest Type(RawRequest request, Random random) => request.With("Content-Type", Pick(Types, random));

    private static RawRequest Encoding(RawRequest request, Random random) => request.With("Content-Encoding", Pick(Encodings, random));

    private static RawRequest Host(RawRequest request, Random random) =>
        request.With("Host", Pick(["a'b", "", "evil.example", "localhost:x", "[::1", "127.0.0.1, x", "<b>"], random));

    private static RawRequest Header(RawRequest request, Random random) =>
        request with { Headers = [.. request.Headers, Pick(OddHeaders, random)] };

    private static RawRequest Gzip(RawRequest request, Random random) =>
        request.With("Content-Encoding", "gzip") with { Body = Packed(request.Body) };

    private static RawRequest CutGzip(RawRequest request, Random random)
    {
        var packed = Packed(request.Body);
        return request.With("Content-Encoding", "gzip") with { Body = packed[..random.Next(packed.Length)] };
    }

    private static RawRequest Bomb(RawRequest request, Random random) =>
        request.With("Content-Encoding", "gzip") with { Body = Packed(new byte[random.Next(1, 20) * 512 * 1024]) };

    private static RawRequest Chunked(RawRequest request, Random random) =>
        request.With("Transfer-Encoding", "chunked") with { BreaksConnection = true, Body = Chunks(request.Body, random.Next(1, 1000)) };

    private static RawRequest BadChunks(RawRequest request, Random random) =>
        request.With("Transfer-Encoding", Pick(["chunked", "gzip", "identity", "chunked, chunked", "x"], random)) with
    {
        BreaksConnection = true,
        Body = System.Text.Encoding.ASCII.GetBytes(
            Pick(
                [
                    "zz\r\n\r\n",
                    "-1\r\n\r\n",
                    "FFFFFFFFFFFFFFFFF\r\n",
                    "0\r\n\r\n",
                    "1\r\nab\r\n0\r\n\r\n",
                    "5;ext=\"\r\n[1,2]\r\n0\r\nTrailer: x\r\n\r\n",
                ],
                random)),
    };

    private static RawRequest ShortLength(RawRequest request, Random random) =>
        request.With("Content-Length", $"{random.Next(request.Body.Length + 1)}") with { BreaksConnection = true };

    private static RawRequest BadLength(RawRequest request, Random random) =>
        request.With(
            "Content-Length", Pick(["-1", "x", "", "1, 2", "99999999999999999999", "0x10"], random)) with { BreaksConnection = true };

    private static byte[] Chunks(byte[] body, int size)
    {
        using var text = new MemoryStream();
        foreach (var chunk in body.Chunk(size))
        {
            text.Write(System.Text.Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n"));
            text.Write(chunk);
            text.Write("\r\n"u8);
        }

        text.Write("0\r\n\r\n"u8);
        return text.ToArray();
    }

    private static byte[] Packed(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        return packed.ToArray();
    }
}
