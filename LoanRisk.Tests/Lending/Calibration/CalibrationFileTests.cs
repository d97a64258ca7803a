using LoanRisk.Lending.Calibration;

namespace LoanRisk.Tests.Lending.Calibration;

public sealed class CalibrationFileTests
{
    public static TheoryData<ProbabilityCalibration> Calibrations =>
    [
        new PlattCalibration(1.1, -0.2),
        new BetaCalibration(0.7, 1.0 / 3, -0.1),
        new IsotonicCalibration([new(-4.1, 0.001), new(-3.3, 0.02), new(0.1, 0.4)]),
    ];

    [Theory]
    [MemberData(nameof(Calibrations))]
    public void Reading_what_was_written_gives_an_equal_calibration_and_the_same_text(ProbabilityCalibration calibration)
    {
        var read = ProbabilityCalibration.FromJson(calibration.ToJson());

        Assert.Equal(calibration, read);
        Assert.Equal(calibration.ToJson(), read.ToJson());
    }

    [Theory]
    [InlineData("", "$")]
    [InlineData("[]", "$")]
    [InlineData("{", "$")]
    [InlineData("{}", "$.method")]
    [InlineData("""{"method":7}""", "$.method")]
    [InlineData("""{"method":"spline"}""", "$.method")]
    [InlineData("""{"method":"platt","slope":1}""", "$.intercept")]
    [InlineData("""{"method":"platt","slope":-1,"intercept":0}""", "$.slope")]
    [InlineData("""{"method":"platt","slope":"1","intercept":0}""", "$.slope")]
    [InlineData("""{"method":"platt","slope":1e999,"intercept":0}""", "$.slope")]
    [InlineData("""{"method":"platt","slope":1,"slope":2,"intercept":0}""", "$")]
    [InlineData("""{"method":"platt","slope":1,"intercept":0,"extra":0}""", "$.extra")]
    [InlineData("""{"method":"beta","a":1,"b":-0.5,"c":0}""", "$.b")]
    [InlineData("""{"method":"isotonic"}""", "$.points")]
    [InlineData("""{"method":"isotonic","points":[]}""", "$.points")]
    [InlineData("""{"method":"isotonic","points":[1]}""", "$.points[0]")]
    [InlineData("""{"method":"isotonic","points":[{"score":0}]}""", "$.points[0].probability")]
    [InlineData("""{"method":"isotonic","points":[{"score":0,"probability":1.5}]}""", "$.points[0].probability")]
    [InlineData("""{"method":"isotonic","points":[{"score":0,"probability":0.1},{"score":0,"probability":0.2}]}""", "$.points[1].score")]
    [InlineData(
        """{"method":"isotonic","points":[{"score":0,"probability":0.2},{"score":1,"probability":0.1}]}""", "$.points[1].probability")]
    public void A_damaged_file_is_refused_and_its_place_named(string json, string place)
    {
        var error = Assert.Throws<CalibrationFormatException>(() => ProbabilityCalibration.FromJson(json));

        Assert.Equal(place, error.Place);
        Assert.StartsWith("calibration.json, " + place + ": ", error.Message);
    }
}
