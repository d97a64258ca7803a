using System.Buffers;
using System.Text;
using LoanRisk.Training.Csv;

namespace LoanRisk.Tests.Training.Csv;

/// <summary>Blocks of bytes against <see cref="CsvSource"/>, which is the plain reader: the same records, lines and problems for any file.</summary>
public sealed class BlockRecordsTests : IDisposable
{
    private const int Files = 600;

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(1, ',')]
    [InlineData(2, ';')]
    [InlineData(3, '\t')]
    public void Any_file_reads_as_the_plain_reader_reads_it_however_it_is_cut(int seed, char separator)
    {
        for (var file = 0; file < Files; file++)
        {
            var bytes = OddTables.Draw((seed * 1_000_000) + file, separator);
            CheckSame(bytes, 16 + (file % 90), $"seed {(seed * 1_000_000) + file}");
        }
    }

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
        foreach (var encoding in (Encoding[])[Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32, new UTF32Encoding(bigEndian: true, byteOrderMark: true)])
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

        var rows = ReadBlocks(path, ',', RecordBlocks.BlockBytes);

        Assert.Equal([null, "a field has more than 65,536 characters.", "a field has more than 65,536 characters.", null], rows.Select(r => r.Problem));
        Assert.Equal([2, 3, 4, 5], rows.Select(r => r.Line));
        Assert.Equal(longest, rows[0].Fields[0]);
    }

    [Theory]
    [InlineData("\"REST")]
    [InlineData("\"REST\nx,\"y\",z\n")]
    [InlineData("\"REST\"\"")]
    public void A_quotation_mark_that_swallows_rows_stops_the_reading(string end)
    {
        var path = _folder["open.csv"];
        File.WriteAllText(path, "a,b\n1,1\n\n2," + end.Replace("REST", string.Concat(Enumerable.Repeat("3,z\n", 20_000)), StringComparison.Ordinal));

        var error = Assert.Throws<CsvFileException>(() => ReadBlocks(path, ',', RecordBlocks.BlockBytes));

        Assert.Equal(4, error.Line);
        Assert.Contains("never closed", error.Message);
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

        using var blocks = RecordBlocks.Open(path, ',');
        Assert.NotNull(blocks.Next());
        var error = Assert.Throws<CsvFileException>(() => blocks.Next());

        Assert.Equal(3, error.Line);
        Assert.InRange(blocks.BytesRead, 1, 3 * RecordBlocks.MostFieldBytes);
    }

    [Fact]
    public void A_record_of_many_fields_may_be_longer_than_any_block()
    {
        var row = string.Join(',', Enumerable.Range(0, 9_999).Select(column => $"{column:D100}"));
        File.WriteAllText(_folder["wide.csv"], $"{row}\n{row}\n");

        var rows = ReadBlocks(_folder["wide.csv"], ',', RecordBlocks.BlockBytes);

        Assert.Equal(row, string.Join(',', Assert.Single(rows).Fields));
    }

    public void Dispose() => _folder.Dispose();

    private void CheckSame(byte[] bytes, int blockBytes, string name)
    {
        var path = _folder["table.csv"];
        File.WriteAllBytes(path, bytes);
        var (expected, separator) = ReadPlain(path);
        var read = ReadBlocks(path, separator, blockBytes);
        Assert.True(expected.Count == read.Count, $"{name}, blocks of {blockBytes}: {expected.Count} rows, {read.Count} in blocks");
        for (var row = 0; row < expected.Count; row++)
        {
            var (plain, block) = (expected[row], read[row]);
            Assert.True((plain.Line == block.Line || MayMiscount(plain, bytes)) && plain.Problem == block.Problem, $"{name}, blocks of {blockBytes}, row {row}: {plain.Line} {plain.Problem}, in blocks {block.Line} {block.Problem}");
            Assert.True(plain.Problem is not null || (plain.Fields.SequenceEqual(block.Fields) && plain.Written == block.Written), $"{name}, blocks of {blockBytes}, row {row}: {plain.Written}, in blocks {block.Written}");
        }
    }

    // The plain reader counts the line ends of a row in its values; where it drops a misplaced quotation mark between CR and LF, two become one.
    private static bool MayMiscount(ReadRow plain, byte[] bytes) => plain.Problem?.StartsWith("a quotation mark", StringComparison.Ordinal) == true && bytes.AsSpan().IndexOf("\r\""u8) >= 0;

    private static (List<ReadRow> Rows, char Separator) ReadPlain(string path)
    {
        var rows = new List<ReadRow>();
        using var source = CsvSource.Open(path);
        while (source.Read())
        {
            using var written = new StringWriter();
            CsvText.WriteRow(written, source.Fields, source.Separator);
            rows.Add(new ReadRow(source.Line, source.Problem, source.Fields, written.ToString()));
        }

        return (rows, source.Separator);
    }

    private static List<ReadRow> ReadBlocks(string path, char separator, int blockBytes)
    {
        using var source = CsvSource.Open(path);
        using var blocks = RecordBlocks.Open(path, separator, blockBytes);
        var records = new BlockRecords(path, separator, source.Header.Count);
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

    // A record without quotation marks is written as it stands.
    private static string Written(BlockRecords records, RecordBlock block)
    {
        var output = new ArrayBufferWriter<byte>();
        if (records.HasQuotes)
        {
            records.CopyTo(output);
        }
        else
        {
            output.Write(block.Text.Slice(records.Place.Start, records.Place.Length));
        }

        return Encoding.UTF8.GetString(output.WrittenSpan) + "\n";
    }

    private sealed record ReadRow(long Line, string? Problem, string[] Fields, string Written);
}
