using LoanRisk.Lending.Applications;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Ingest;
using LoanRisk.Store;
using LoanRisk.Store.DataSets;
using LoanRisk.Store.Decisions;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Pipeline.Data;

[Slow]
public sealed class StoredRowsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private readonly DataFolder _data;

    private readonly StoredRows _rows;

    public StoredRowsTests()
    {
        _data = new DataFolder(Directory.CreateDirectory(_folder["data"]).FullName, "test");
        _rows = new StoredRows(DataSetStore.Open(_data));
    }

    public void Dispose()
    {
        _rows.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_row_is_found_by_its_id_and_checked_as_an_application()
    {
        Ingest("Acme,10,120,50,0", "\"Smith, \"\"Sons\"\"\nand Co\",11,130,60,1", " 007 ,12,140,70,0", "é,13,150,80,1");

        Assert.Equal(["10", "120", "50"], Find("Acme")!.Application!.Values);
        Assert.Equal(["11", "130", "60"], Find("Smith, \"Sons\"\nand Co")!.Application!.Values);
        Assert.Equal(["12", "140", "70"], Find(" 007")!.Application!.Values);
        Assert.Equal(["13", "150", "80"], Find("é")!.Application!.Values);
        Assert.Null(Find("7"));
        Assert.Null(Find("acme"));
        Assert.Null(Find(""));
    }

    [Fact]
    public void Of_several_rows_the_last_of_the_newest_part_wins_and_a_new_version_is_seen_at_once()
    {
        Assert.Null(_rows.Newest(Attrition.Product));
        Ingest("Acme,10,120,50,0", "Acme,20,120,50,0", "Bolt,5,50,10,1");
        var before = _rows.Newest(Attrition.Product)!;
        Assert.Equal((1, "20"), (before.Version, before.Find("Acme")!.Application!.Values[0]));

        Ingest("Coil,6,60,20,0", "Acme,30,120,50,0");
        var after = _rows.Newest(Attrition.Product)!;

        Assert.Equal((2, "30"), (after.Version, after.Find("Acme")!.Application!.Values[0]));
        Assert.Equal("5", after.Find("Bolt")!.Application!.Values[0]);
        Assert.Equal("20", before.Find("Acme")!.Application!.Values[0]);
        Assert.Null(before.Find("Coil"));
    }

    [Fact]
    public void Rows_of_many_blocks_are_each_found_where_they_stand()
    {
        Ingest([.. Enumerable.Range(0, 20_000).Select(i => $"\"no {i}\",{i % 1000},{i},{1 + (i % 90)},{i % 2}")]);

        Assert.All(
            Enumerable.Range(0, 20_000).Where(i => i % 997 == 0 || i > 19_990),
            i => Assert.Equal($"{i}", Find($"no {i}")!.Application!.Values[1]));
        Assert.Null(Find("no 20000"));
    }

    [Fact]
    public void Reported_outcomes_have_no_id_and_hide_nothing()
    {
        Ingest("Acme,10,120,50,0");
        var values = new Dictionary<string, string?>
        {
            ["lastmonth_activity"] = "1",
            ["lastyear_activity"] = "2",
            ["number_of_employees"] = "3",
        };
        IngestRun.Run(
            Attrition.Product,
            new IngestInput(null, [new DecidedLoan("d1", DateTimeOffset.UtcNow, values, default, true)]),
            DataSetStore.Open(_data),
            new IngestOptions(DateTimeOffset.UtcNow));

        Assert.Equal(2, _rows.Newest(Attrition.Product)!.Version);
        Assert.Equal("10", Find("Acme")!.Application!.Values[0]);
    }

    [Fact]
    public void A_row_that_the_product_would_refuse_today_comes_with_the_fields_that_are_wrong()
    {
        Ingest("Acme,10,120,50,0", "Bolt,5,50,10,1");
        var strict = Attrition.Changed(product =>
        {
            var feature = product["features"]![0]!.AsObject();
            (feature["allowed"]!["min"], feature["seen"]!["min"]) = (8, 8);
            feature.Remove("generate");
        });
        var rows = _rows.Newest(strict)!;

        var problem = Assert.Single(rows.Find("Bolt")!.Problems);

        Assert.Equal(("lastmonth_activity", FieldProblemKind.OutOfRange), (problem.Field, problem.Kind));
        Assert.NotNull(rows.Find("Acme")!.Application);
    }

    [Fact]
    public void A_feature_that_the_part_has_no_column_for_is_named()
    {
        Ingest("Acme,10,120,50,0");
        var wider = Attrition.Changed(product => product["features"]![0]!["name"] = "calls_last_month");

        var problem = Assert.Single(_rows.Newest(wider)!.Find("Acme")!.Problems);

        Assert.Equal(("calls_last_month", FieldProblemKind.Required), (problem.Field, problem.Kind));
    }

    [Fact]
    public void A_part_that_cannot_be_read_is_an_error_of_the_store_and_not_an_unknown_id()
    {
        Ingest("Acme,10,120,50,0");
        var rows = _rows.Newest(Attrition.Product)!;
        File.Delete(Assert.Single(Directory.GetFiles(DataSetStore.Open(_data).PartFolder("attrition"), "*.csv")));

        Assert.Throws<StoreException>(() => rows.Find("Acme"));
        Assert.Throws<StoreException>(() => _rows.Newest(Attrition.Product));
    }

    [Fact]
    public void A_product_without_a_lookup_id_is_a_wrong_question() =>
        Assert.Throws<ArgumentException>(() => _rows.Newest(PeerLoan.Product));

    private ApplicationCheck? Find(string id) => _rows.Newest(Attrition.Product)!.Find(id);

    private void Ingest(params string[] rows) => Attrition.Ingest(DataSetStore.Open(_data), Attrition.Product, rows);
}
