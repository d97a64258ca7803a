using LoanRisk.Store;

namespace LoanRisk.Tests.Store;

public sealed class DataFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_named_folder_is_created_and_named_as_the_variable_s()
    {
        var data = DataFolder.Resolve(_folder["deep", "data"]);

        Assert.Equal(_folder["deep", "data"], data.Path);
        Assert.Equal("LOANRISK_DATA", data.Origin);
        Assert.Empty(Directory.GetFileSystemEntries(data.Path));
    }

    [Fact]
    public void A_named_folder_that_is_a_file_is_refused_with_its_name()
    {
        File.WriteAllText(_folder["data"], "not a folder");

        var error = Assert.Throws<IOException>(() => DataFolder.Resolve(_folder["data"]));

        Assert.StartsWith($"LOANRISK_DATA names {_folder["data"]}, which cannot be used: ", error.Message);
    }

    [Fact]
    public void A_default_that_cannot_be_written_is_passed_over_and_named()
    {
        File.WriteAllText(_folder["home"], "not a folder");

        var data = DataFolder.FirstWritable([_folder["home", "loanrisk"], _folder["here"]]);

        Assert.Equal(_folder["here"], data.Path);
        Assert.Contains(_folder["home", "loanrisk"], data.Origin);
    }

    [Fact]
    public void Without_any_writable_default_the_error_names_them_and_the_variable()
    {
        File.WriteAllText(_folder["home"], "not a folder");

        var error = Assert.Throws<IOException>(() => DataFolder.FirstWritable([_folder["home", "a"], _folder["home", "b"]]));

        Assert.Contains(_folder["home", "a"], error.Message);
        Assert.Contains(_folder["home", "b"], error.Message);
        Assert.Contains("LOANRISK_DATA", error.Message);
    }
}
