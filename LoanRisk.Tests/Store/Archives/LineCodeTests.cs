using System.Buffers;
using System.Text;
using CsCheck;
using LoanRisk.Store.Archives;

namespace LoanRisk.Tests.Store.Archives;

public sealed class LineCodeTests
{
    private static readonly ArchiveTable Decisions = ArchiveTable.All.Single(table => table.Name == "decisions");

    [Fact]
    public void Every_value_comes_back_with_its_bits()
    {
        var code = new LineCode(Decisions);
        Gen.Select(Gen.String, Gen.Long, Gen.OneOf(Gen.Double, Gen.ULong.Select(BitConverter.UInt64BitsToDouble)), Gen.Byte.Array, Gen.Bool)
            .Sample((text, whole, number, bytes, isNull) =>
            {
                var wellFormed = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
                object?[] row = [whole, wellFormed, 0L, 0L, "", 0L, 0L, 0L, number, -0.0, isNull ? null : wellFormed, null, bytes];

                var read = code.Read(Line(code, row).AsSpan()[..^1]);

                row[9] = 0.0;
                row[8] = double.IsNaN(number) ? double.NaN : number == 0 ? 0.0 : number;
                Assert.Equal(row.Select(Bits), read.Select(Bits));
            });
    }

    [Fact]
    public void The_spelling_is_the_same_whoever_wrote_it() => Assert.Equal(
        "[1,\"a\\\"\\\\\\u000a\\u0000ä\U0001F600/<\",-9223372036854775808,0,\"\",0,0,0,0.1,\"NaN\",null,null,\"AP8=\"]\n",
        Encoding.UTF8.GetString(Line(
            new LineCode(Decisions),
            [1L, "a\"\\\n\0ä\U0001F600/<", long.MinValue, 0L, "", 0L, 0L, 0L, 0.1, double.NaN, null, null, new byte[] { 0, 255 }])));

    private static byte[] Line(LineCode code, object?[] row)
    {
        var line = new ArrayBufferWriter<byte>();
        code.Write(line, row);
        return line.WrittenSpan.ToArray();
    }

    private static string Bits(object? value) => value switch
    {
        double number => $"{BitConverter.DoubleToUInt64Bits(number):x16}",
        byte[] bytes => Convert.ToHexString(bytes),
        _ => $"{value ?? "null"}",
    };
}
