using System.Security.Cryptography;
using System.Text;
using LoanRisk.Lending.Models;
using LoanRisk.Tests.Loans;
using LoanRisk.Trees;

namespace LoanRisk.Tests.Lending.Models;

public sealed class ModelPackageTests
{
    public static TheoryData<string> Names => [.. PackageFiles.Hashed];

    [Fact]
    public void What_is_created_opens_again_and_is_the_same()
    {
        var again = ModelPackage.Open(TinyModel.Package.Files, TinyLoan.Product);

        Assert.Equal(TinyModel.Package.Id, again.Id);
        Assert.Equal(TinyModel.Package.Manifest.ToJson(), again.Manifest.ToJson());
        Assert.Equal(
            ["calibration.json", "card.md", "manifest.json", "metrics.json", "model.txt", "reference.json"],
            again.Files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(2.75 - 0.3 - 0.3 - 1, again.Manifest.Golden.RawScore, 1e-12);
        Assert.Equal("# TinyLoan\n", again.Text(PackageFiles.Card));
    }

    [Fact]
    public void The_same_parts_make_the_same_bytes_and_another_card_another_id()
    {
        Assert.Equal(TinyModel.Package.Id, TinyModel.Create().Id);
        Assert.NotEqual(TinyModel.Package.Id, TinyModel.Create(card: "# Tiny\n").Id);
    }

    [Fact]
    public void The_id_can_be_made_by_hand()
    {
        var lines = TinyModel.Package.Files.OrderBy(f => f.Key, StringComparer.Ordinal)
            .Select(f => Convert.ToHexStringLower(SHA256.HashData(f.Value.Span)) + "  " + f.Key + "\n");

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines)))), TinyModel.Package.Id);
    }

    [Fact]
    public void The_manifest_names_what_an_auditor_asks()
    {
        var json = TinyModel.Package.Text(PackageFiles.Manifest);

        Assert.StartsWith(
            "{\n  \"product\": \"tiny\",\n  \"schemaVersion\": \"3\",\n  \"features\": [\n    \"amount\",", json, StringComparison.Ordinal);
        Assert.Contains("\"trainedAt\": \"2026-03-01T10:30:00+00:00\"", json, StringComparison.Ordinal);
        Assert.Contains(
            "\"parameters\": {\n    \"learning_rate\": \"1\",\n    \"num_leaves\": \"2\",\n    \"objective\": \"binary\"\n  }",
            json,
            StringComparison.Ordinal);
        Assert.Contains("\"rate\": null", json, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', json);
        Assert.EndsWith("}\n", json, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Any_flipped_bit_of_a_file_is_noticed(string name)
    {
        var length = TinyModel.Package.Files[name].Length;
        foreach (var at in new[] { 0, length / 2, length - 1 })
        {
            var exception = Refused(Files(name, content => content[at] ^= 1));
            Assert.Equal(name, exception.File);
            Assert.Contains("changed after training", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Any_flipped_bit_of_the_manifest_is_refused_or_gives_another_id()
    {
        var length = TinyModel.Package.Files[PackageFiles.Manifest].Length;
        for (var at = 0; at < length; at++)
        {
            var files = Files(PackageFiles.Manifest, content => content[at] ^= 4);
            try
            {
                Assert.NotEqual(TinyModel.Package.Id, ModelPackage.Open(files, TinyLoan.Product).Id);
            }
            catch (ModelPackageException exception)
            {
                Assert.NotEmpty(exception.File);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    [InlineData(PackageFiles.Manifest)]
    public void A_missing_file_is_named(string name)
    {
        var files = Files();
        files.Remove(name);

        var exception = Refused(files);

        Assert.Equal(name, exception.File);
        Assert.Equal($"{name}: The file is missing. Restore it, or train the model again.", exception.Message);
    }

    [Fact]
    public void A_file_that_does_not_belong_is_named()
    {
        var files = Files();
        files["run.sh"] = "rm"u8.ToArray();

        Assert.Equal("run.sh", Refused(files).File);
    }

    /// <summary>A change of the manifest, and a part of what is said.</summary>
    public static TheoryData<string, string, string> BrokenManifests => new()
    {
        { "\"product\": \"tiny\"", "\"product\": \"huge\"", "The model is of product \"huge\", not of \"tiny\"" },
        { "\"schemaVersion\": \"3\"", "\"schemaVersion\": \"2\"", "trained with schema version 2; the product now has 3" },
        { "\"amount\",\n", "\"amuont\",\n", "The model has the features amuont, rate, owner, rating, region" },
        { "\"seed\": 7", "\"seed\": 7.5", "It cannot be read" },
        { "\"seed\": 7,", "", "It cannot be read" },
        { "\"seed\": 7", "\"seed\": 7, \"seeds\": 8", "It cannot be read" },
        { "\"seed\": 7", "\"seed\": 7, \"seed\": 7", "It cannot be read" },
        { "\"codeVersion\": \"0.1.0\"", "\"codeVersion\": null", "It cannot be read" },
        { "\"badRows\": 40", "\"badRows\": 140", "rows is 100 and badRows 140" },
        { "\"dataSha256\": \"aa", "\"dataSha256\": \"AA", "64 hexadecimal digits in lower case" },
        { "\"card.md\":", "\"card2.md\":", "It does not name card.md" },
        { "\"amount\": \"2000\"", "\"amount\": \"500\"", "The golden row must score" },
        { "\"amount\": \"2000\"", "\"amount\": \"many\"", "The golden row is no application of this product: amount must be" },
        { "\"rawScore\": 1.15", "\"rawScore\": 1.1500000001", "The golden row must score" },
        { "\"probability\": 0.7", "\"probability\": 0.8", "The golden row must score" },
    };

    [Theory]
    [MemberData(nameof(BrokenManifests))]
    public void A_manifest_that_does_not_fit_is_refused(string original, string broken, string said)
    {
        var json = TinyModel.Package.Text(PackageFiles.Manifest);
        Assert.Contains(original, json, StringComparison.Ordinal);
        var files = Files();
        files[PackageFiles.Manifest] = Encoding.UTF8.GetBytes(json.Replace(original, broken, StringComparison.Ordinal));

        var exception = Refused(files);

        Assert.Equal(PackageFiles.Manifest, exception.File);
        Assert.Contains(said, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_without_a_model_for_ML_NET_says_nothing_of_one()
    {
        Assert.Null(TinyModel.Package.MLNet);
        Assert.Null(TinyModel.Package.Manifest.MLNetNote);
        Assert.DoesNotContain("mlNetNote", TinyModel.Package.Text(PackageFiles.Manifest), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_for_ML_NET_is_held_by_its_hash()
    {
        var package = TinyModel.Create(new MLNetModel("zip"u8.ToArray(), null));

        Assert.Equal("zip"u8, ModelPackage.Open(package.Files, TinyLoan.Product).MLNet!.Value.Span);
        Assert.Contains(PackageFiles.MLNet, package.Manifest.Files.Keys);
        Assert.DoesNotContain("mlNetNote", package.Text(PackageFiles.Manifest), StringComparison.Ordinal);
        var changed = new Dictionary<string,
        ReadOnlyMemory<byte>>(package.Files, StringComparer.Ordinal) { [PackageFiles.MLNet] = "zap"u8.ToArray() };
        Assert.Contains("changed after training", Refused(changed).Message, StringComparison.Ordinal);
        changed.Remove(PackageFiles.MLNet);
        Assert.Equal("model.zip: The file is missing. Restore it, or train the model again.", Refused(changed).Message);
    }

    [Fact]
    public void Why_there_is_no_model_for_ML_NET_stands_in_the_manifest()
    {
        var package = TinyModel.Create(new MLNetModel(null, "ML.NET cannot."));

        Assert.Null(package.MLNet);
        Assert.Equal("ML.NET cannot.", ModelPackage.Open(package.Files, TinyLoan.Product).Manifest.MLNetNote);
        Assert.EndsWith("  },\n  \"mlNetNote\": \"ML.NET cannot.\"\n}\n", package.Text(PackageFiles.Manifest), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_for_ML_NET_that_the_manifest_does_not_name_is_refused()
    {
        var files = Files();
        files[PackageFiles.MLNet] = "zip"u8.ToArray();

        Assert.Equal(
            "model.zip: The manifest does not name the file, so it was not made with the package. Take it away.", Refused(files).Message);
    }

    [Theory]
    [InlineData(PackageFiles.Model, "not a model", "Model text, line 1")]
    [InlineData(PackageFiles.Calibration, "{}", "calibration.json, $")]
    [InlineData(PackageFiles.Metrics, "[]", "must hold a JSON object")]
    [InlineData(PackageFiles.Metrics, "{", "is not JSON")]
    [InlineData(PackageFiles.Reference, "1", "must hold a JSON object")]
    public void A_file_that_cannot_be_read_is_refused_though_its_hash_fits(string name, string content, string said)
    {
        var exception = Refused(Resealed(name, Encoding.UTF8.GetBytes(content)));

        Assert.Equal(name, exception.File);
        Assert.Contains(said, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_card_that_is_no_text_is_refused() =>
        Assert.Contains("not UTF-8", Refused(Resealed(PackageFiles.Card, [0xFF, 0xFE])).Message, StringComparison.Ordinal);

    [Fact]
    public void Another_model_under_a_fitting_hash_is_found_out_by_the_golden_row()
    {
        var text = TinyModel.Package.Text(PackageFiles.Model);
        var other = text.Replace("leaf_value=0.5 -0.5", "leaf_value=0.6 -0.5", StringComparison.Ordinal);
        Assert.NotEqual(text, other);

        Assert.Contains(
            "golden row", Refused(Resealed(PackageFiles.Model, Encoding.UTF8.GetBytes(other))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_other_features_makes_no_package()
    {
        var renamed = new TreeModel
        {
            Objective = "binary sigmoid:1",
            FeatureNames = ["a", "b", "c", "d", "e"],
            FeatureInfos = TinyModel.Trees.FeatureInfos,
            Trees = TinyModel.Trees.Trees,
        };

        Assert.Equal(PackageFiles.Model, Assert.Throws<ModelPackageException>(() => TinyModel.Create(trees: renamed)).File);
    }

    [Fact]
    public void A_model_of_several_outputs_makes_no_package()
    {
        var several = new TreeModel
        {
            Objective = "multiclass num_class:5", ClassCount = 5, TreesPerIteration = 5,
            FeatureNames = TinyModel.Trees.FeatureNames, FeatureInfos = TinyModel.Trees.FeatureInfos, Trees = TinyModel.Trees.Trees,
        };

        Assert.Contains(
            "5 outputs", Assert.Throws<ModelPackageException>(() => TinyModel.Create(trees: several)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Changing_the_bytes_that_were_opened_changes_nothing()
    {
        var card = "# TinyLoan\n"u8.ToArray();
        var files = Files();
        files[PackageFiles.Card] = card;
        var package = ModelPackage.Open(files, TinyLoan.Product);

        card[0] = (byte)'!';

        Assert.Equal("# TinyLoan\n", package.Text(PackageFiles.Card));
    }

    private static ModelPackageException Refused(Dictionary<string, ReadOnlyMemory<byte>> files) =>
        Assert.Throws<ModelPackageException>(() => ModelPackage.Open(files, TinyLoan.Product));

    private static Dictionary<string, ReadOnlyMemory<byte>> Files() => new(TinyModel.Package.Files, StringComparer.Ordinal);

    private static Dictionary<string, ReadOnlyMemory<byte>> Files(string name, Action<byte[]> change)
    {
        var content = TinyModel.Package.Files[name].ToArray();
        change(content);
        var files = Files();
        files[name] = content;
        return files;
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> Resealed(string name, byte[] content)
    {
        var files = Files();
        files[name] = content;
        var hashes = TinyModel.Package.Manifest.Files.ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);
        hashes[name] = Convert.ToHexStringLower(SHA256.HashData(content));
        files[PackageFiles.Manifest] = Encoding.UTF8.GetBytes((TinyModel.Package.Manifest with { Files = hashes }).ToJson());
        return files;
    }
}
