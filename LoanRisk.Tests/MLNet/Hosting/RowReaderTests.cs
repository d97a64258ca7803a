using LoanRisk.MLNet.Hosting;
using LoanRisk.Trees;
using Microsoft.ML.Data;

namespace LoanRisk.Tests.MLNet.Hosting;

public sealed class RowReaderTests
{
    private static readonly FeatureLevels Levels = new(["car", "house"], double.NaN);

    private static readonly ServedModel Model = Of(("loan_amnt", null), ("purpose", Levels));

    [Fact]
    public void Names_are_the_same_but_for_case_and_underscores_and_a_column_name_wins() =>
        Assert.Equal([7, 1], Read(new Renamed { LoanAmnt = 7, What = "house", Purpose = 3 }));

    [Theory]
    [InlineData(typeof(NoPurpose), "NoPurpose has no property for the feature purpose. It has LoanAmnt")]
    [InlineData(typeof(Twice), "2 properties for the feature loan_amnt: LoanAmnt, Loan_Amnt")]
    [InlineData(typeof(Dated), "Dated.LoanAmnt is DateTime, which the feature loan_amnt cannot be read from. Allowed are numbers")]
    [InlineData(typeof(Worded), "Worded.LoanAmnt is String, which the feature loan_amnt cannot be read from")]
    [InlineData(typeof(Numbered), "Numbered.Purpose is Int32, which the feature purpose cannot be read from. Allowed are text and enums")]
    [InlineData(typeof(Answered), "Answered.Purpose is Boolean")]
    [InlineData(typeof(Listed), "levels of the feature, \"car\", \"house\": Places.Boat is none of them")]
    public void A_type_that_does_not_fit_is_refused_by_property_with_what_is_allowed(Type row, string message)
    {
        var exception = Assert.Throws<System.Reflection.TargetInvocationException>(
            () => typeof(RowReader<>).MakeGenericType(row).GetMethod("For")!.Invoke(null, [Model]));

        Assert.Contains(message, Assert.IsType<TreeModelException>(exception.InnerException).Message);
    }

    [Fact]
    public void Every_number_type_bool_and_enum_is_a_number_where_there_are_no_levels()
    {
        var model = Of([.. "abcdefghijklm".Select(letter => (letter.ToString(), (FeatureLevels?)null))]);
        var row = new Numbers(1, 2, 3, 4, 5, 6, 7, 8, 9.5f, 10.25, 11.5m, true, Places.Boat);
        var features = new double[13];

        RowReader<Numbers>.For(model).Read(row, features);

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9.5, 10.25, 11.5, 1, 2], features);
    }

    [Fact]
    public void A_bool_is_the_level_that_says_so()
    {
        var features = new double[1];
        RowReader<Question>.For(Of(("owner", new FeatureLevels(["True", "False"], double.NaN)))).Read(new Question(true), features);
        Assert.Equal(0, features[0]);
        RowReader<Question>.For(Of(("owner", new FeatureLevels(["0", "1"], double.NaN)))).Read(new Question(null), features);
        Assert.Equal(double.NaN, features[0]);
    }

    private static double[] Read(Renamed row)
    {
        var features = new double[2];
        RowReader<Renamed>.For(Model).Read(row, features);
        return features;
    }

    private static ServedModel Of(params (string Name, FeatureLevels? Levels)[] features) => new(
        new TreeModel
        {
            Objective = "binary sigmoid:1",
            FeatureNames = [.. features.Select(feature => feature.Name)],
            FeatureInfos = [.. features.Select(_ => "none")],
            Trees = [],
        },
        features.Where(feature => feature.Levels is not null).ToDictionary(feature => feature.Name, feature => feature.Levels!),
        null);

    private sealed class Renamed
    {
        public int LoanAmnt { get; init; }

        [ColumnName("purpose")]
        public string What { get; init; } = "";

        [ColumnName("another")]
        public int Purpose { get; init; }
    }

    private sealed record NoPurpose(double LoanAmnt);

    private sealed record Twice(double LoanAmnt, double Loan_Amnt, string Purpose);

    private sealed record Dated(DateTime LoanAmnt, string Purpose);

    private sealed record Worded(string LoanAmnt, string Purpose);

    private sealed record Numbered(double LoanAmnt, int Purpose);

    private sealed record Answered(double LoanAmnt, bool? Purpose);

    private sealed record Listed(double LoanAmnt, Places Purpose);

    private sealed record Question(bool? Owner);

    private sealed record Numbers(
        byte A, sbyte B, short C, ushort D, int E, uint F, long G, ulong H, float I, double J, decimal K, bool L, Places M);

    private enum Places
    {
        Car,
        House,
        Boat,
    }
}
