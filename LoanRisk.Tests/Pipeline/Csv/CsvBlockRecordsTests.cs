using System.Buffers;
using System.Text;
using System.Text.Json;
using CsCheck;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Pipeline.Csv;

/// <summary>The reader of blocks and the reader of rows against the plain one: the same records, lines and problems for any file.</summary>
[Slow]
public sealed class CsvBlockRecordsTests : IDisposable
{
    private const int Files = 600;

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    public void Any_file_reads_as_the_plain_reader_reads_it_however_it_is_cut(char separator) =>
        Gen.Select(OddTables.Of(separator), Gen.Int[1, 105]).Sample(
            (bytes, blockBytes) => CheckSame(bytes, blockBytes, "any file"),
            iter: Files,
            threads: 1, // one file
            print: table => $"{JsonSerializer.Serialize(Encoding.Latin1.GetString(table.Item1))} in blocks of {table.Item2}");

    [Theory]
    [InlineData("a,b\n1,\"two\"\"")]
    [InlineData("a,b\n1,\"\"\"")]
    [InlineData("a,b\n1,\"")]
    [InlineData("a,b\n1,\"open")]
    [InlineData("a,b\n1,\"open,\n2,3\n")]
    [InlineData("a,b\n1,")]
    [InlineData("a,b\n1,2\r")]
    [InlineData("a,b\n\"x\" \"y\",2\n1,\"x\"\"\"y\"\n")]
    [InlineData("a\n\"\"\n\n\"\"\n")]
    [InlineData("\n\n\na,b\r\n\r\n1,2")]
    [InlineData("a,b")]
    [InlineData("a,b\n1,\"x\ny\"\n2,\"open\n3,z\n4,\"w\"\n")]
    [InlineData("a,b\n1,\"x\r\n\r\ny\"\r\n2,\"open\r\n3,z\r")]
    [InlineData("a,b,c,d,e\n1,\"2,3,4,5\n6,7,8,9,10\n11,12,13,14,15\n16\",17,18,19,20\n"
        + "1,2,3,4,\"5\n6,7,8,9,10\n11,12,13,14,15\n1,2,3,4,5\"\n")]
    [InlineData("a,b\n\"x\",\"y\nz\",\"w\"\n3,4\n")]
    [InlineData("a,b\n1,\"\"\"\n2,\"\"\"\n3,4\n")]
    [InlineData("\"a\nc\",b\n1,2\n")]
    public void Odd_ends_and_beginnings_read_as_the_plain_reader_reads_them(string text)
    {
        for (var blockBytes = 1; blockBytes < 40; blockBytes++)
        {
            CheckSame(Encoding.UTF8.GetBytes(text), blockBytes, text);
        }
    }

    [Fact]
    public void Every_encoding_with_a_mark_reads_as_the_plain_reader_reads_it()
    {
        const string Text = "name;b\nÜnal;1\n\"Jo;s\uD800é\";2\n\n\"𝄞\nx\";3\n";
        var bigEndian = new UTF32Encoding(bigEndian: true, byteOrderMark: true);
        foreach (var encoding in (Encoding[])[Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32, bigEndian])
        {
            CheckSame([.. encoding.GetPreamble(), .. encoding.GetBytes(Text)], 16, encoding.WebName);
        }
    }

    [Fact]
    public void A_field_of_the_greatest_length_is_read_and_a_longer_one_is_a_problem_of_its_row()
    {
        var path = _folder["long.csv"];
        var longest = new string('é', CsvSource.LongestField);
        File.WriteAllText(path, $"a,b\n{longest},1\n{longest}x,2\n\"{new string('y', 900_000)}\",3\n4,4\n");

        var rows = ReadBlocks(path, CsvBlocks.BlockBytes);

        Assert.Equal(
            [null, "a field has more than 65,536 characters.", "a field has more than 65,536 characters.", null],
            rows.Select(r => r.Problem));
        Assert.Equal([2, 3, 4, 5], rows.Select(r => r.Line));
        Assert.Equal(longest, rows[0].Fields[0]);
    }

    [Theory]
    [InlineData("\"REST", 1)]
    [InlineData("\"REST\nx,\"y\",z\n", 2)]
    [InlineData("\"REST\"\"", 2)]
    [InlineData("\"REST\n3,\"z\"\n", 1)]
    public void A_quotation_mark_that_opens_and_does_not_close_costs_its_own_line_alone(string end, int broken)
    {
        var path = _folder["open.csv"];
        File.WriteAllText(
            path,
            "a,b\n1,1\n\n2," + end.Replace("REST", "z\n" + string.Concat(Enumerable.Repeat("3,z\n", 20_000)), StringComparison.Ordinal));

        var rows = ReadBlocks(path, 5_000);

        Assert.Equal(broken, rows.Count(r => r.Problem is not null));
        Assert.Equal((4, "a quotation mark opens field 2, and none closes it."), (rows[1].Line, rows[1].Problem));
        Assert.Equal(
            Enumerable.Range(5, 20_000).Select(line => (long)line),
            rows.Skip(2).Where(r => r.Fields is ["3", "z"]).Select(r => r.Line).Take(20_000));
    }

    [Fact]
    public void A_stray_mark_anywhere_costs_one_row_and_no_other()
    {
        var random = new SeededRandom(7);
        for (var file = 0; file < 300; file++)
        {
            var lines = Enumerable.Range(0, 60)
                .Select(row => Enumerable.Range(0, 6).Select(f => random.NextBelow(3) == 0 ? $"\"v{row}, {f}\"" : $"v{row}").ToArray())
                .ToArray();
            var (brokenRow, brokenField) = (1 + random.NextBelow(59), random.NextBelow(6));
            lines[brokenRow][brokenField] = "\"" + lines[brokenRow][brokenField].Trim('"').Replace(",", "", StringComparison.Ordinal);
            File.WriteAllText(_folder["stray.csv"], "a,b,c,d,e,f\n" + string.Join('\n', lines.Select(l => string.Join(',', l))));

            var rows = ReadBlocks(_folder["stray.csv"], 16 + file);

            Assert.Equal(60, rows.Count);
            Assert.True(
                rows.TrueForAll(r => r.Problem is null == (r.Line != brokenRow + 2)),
                $"file {file}: {string.Join("; ", rows.Where(r => r.Problem is not null))}");
        }
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("")]
    public void A_field_without_end_is_given_up_before_it_fills_the_memory(string quote)
    {
        var path = _folder["endless.csv"];
        using (var writer = new StreamWriter(path))
        {
            writer.Write("a,b\n1,1\n2," + quote);
            for (var i = 0; i < 100; i++)
            {
                writer.Write(new string('x', 100_000));
            }
        }

        using var blocks = CsvBlocks.Open(path);
        Assert.NotNull(blocks.Next());
        var error = Assert.Throws<CsvFileException>(() => blocks.Next());

        Assert.Equal(3, error.Line);
        Assert.InRange(blocks.BytesRead, 1, 3 * CsvBlocks.MostFieldBytes);
    }

    [Fact]
    public void A_record_of_many_fields_may_be_longer_than_any_block()
    {
        var row = string.Join(',', Enumerable.Range(0, 9_999).Select(column => $"{column:D100}"));
        File.WriteAllText(_folder["wide.csv"], $"{row}\n{row}\n");

        var rows = ReadBlocks(_folder["wide.csv"], CsvBlocks.BlockBytes);

        Assert.Equal(row, string.Join(',', Assert.Single(rows).Fields));
    }

    public void Dispose() => _folder.Dispose();

    private void CheckSame(byte[] bytes, int blockBytes, string name)
    {
        var path = _folder["table.csv"];
        File.WriteAllBytes(path, bytes);
        var rows = ReadRows(path);
        using var source = CsvSource.Open(path);
        var expected = PlainRecords.Read(TextOf(bytes), source.Separator).Skip(1).ToList();
        CheckSame(expected, rows, source.Separator, $"{name}, rows");
        CheckSame(expected, ReadBlocks(path, blockBytes), source.Separator, $"{name}, blocks of {blockBytes}");
    }

    private static void CheckSame(List<PlainRecord> expected, List<ReadRow> read, char separator, string name)
    {
        Assert.True(expected.Count == read.Count, $"{name}: {expected.Count} rows, {read.Count} were read");
        foreach (var (plain, row) in expected.Zip(read))
        {
            Assert.True(
                plain.Line == row.Line && IsSame(plain.Problem, row.Problem),
                $"{name}: {plain.Line} {plain.Problem}, was read {row.Line} {row.Problem}");
            Assert.True(
                plain.Problem is not null || (plain.Fields.SequenceEqual(row.Fields) && Written(plain.Fields, separator) == row.Written),
                $"{name}: {string.Join('|', plain.Fields)}, was read {row.Written}");
        }
    }

    private static bool IsSame(string? start, string? problem) =>
        start is null ? problem is null : problem is not null && problem.StartsWith(start, StringComparison.Ordinal);

    private static string TextOf(byte[] bytes)
    {
        using var reader = new StreamReader(new MemoryStream(bytes), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd().TrimStart('\uFEFF');
    }

    private static string Written(IEnumerable<string> fields, char separator)
    {
        using var written = new StringWriter();
        CsvText.WriteRow(written, fields, separator, Cells.Safe);
        return written.ToString();
    }

    private static List<ReadRow> ReadRows(string path)
    {
        var rows = new List<ReadRow>();
        using var source = CsvSource.Open(path);
        while (source.Read())
        {
            rows.Add(new ReadRow(source.Line, source.Problem, source.Fields, Written(source.Fields, source.Separator)));
        }

        return rows;
    }

    private static List<ReadRow> ReadBlocks(string path, int blockBytes)
    {
        using var source = CsvSource.Open(path);
        using var blocks = CsvBlocks.Open(path, blockBytes);
        var records = new CsvBlockRecords(path, blocks.Separator, source.Header.Count);
        var rows = new List<ReadRow>();
        while (blocks.Next() is { } block)
        {
            records.Start(block);
            while (records.Read())
            {
                rows.Add(new ReadRow(records.Line, records.Problem, records.Texts(), Written(records, block)));
            }

            blocks.Return(block);
        }

        return rows;
    }

    // A record without quotation marks and formulas is written as it stands.
    private static string Written(CsvBlockRecords records, CsvBlock block)
    {
        var output = new ArrayBufferWriter<byte>();
        if (!records.IsAsWritten(Cells.Safe))
        {
            records.CopyTo(output, Cells.Safe);
        }
        else
        {
            output.Write(block.Text.Slice(records.Place.Start, records.Place.Length));
        }

        return Encoding.UTF8.GetString(output.WrittenSpan) + "\n";
    }

    private sealed record ReadRow(long Line, string? Problem, string[] Fields, string Written);
}
