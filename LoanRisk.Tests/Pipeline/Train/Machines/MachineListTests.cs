using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Train.Machines;

namespace LoanRisk.Tests.Pipeline.Train.Machines;

public sealed class MachineListTests
{
    [Fact]
    public void Names_addresses_and_IPv6_are_understood()
    {
        var list = MachineList.Read("train-1.bank.example:5001, 10.0.0.2:65535,[::1]:7", rank: 2);

        Assert.Equal([new("train-1.bank.example", 5001), new("10.0.0.2", 65535), new("::1", 7)], list.Addresses);
        Assert.Equal("train-1.bank.example:5001,10.0.0.2:65535,[::1]:7", list.ToString());
        Assert.Equal("machine 2 ([::1]:7)", list.Name(2));
    }

    [Theory]
    [InlineData("", 0, "entry 1 was \"\"")]
    [InlineData("a:1,,b:2", 0, "entry 2 was \"\"")]
    [InlineData("a", 0, "entry 1 was \"a\"")]
    [InlineData("a:", 0, "entry 1 was \"a:\"")]
    [InlineData(":5001", 0, "entry 1 was \":5001\"")]
    [InlineData("a:0", 0, "entry 1 was \"a:0\"")]
    [InlineData("a:65536", 0, "entry 1 was \"a:65536\"")]
    [InlineData("a:+1", 0, "entry 1 was \"a:+1\"")]
    [InlineData("::1:5001", 0, "entry 1 was \"::1:5001\"")]
    [InlineData("a b:1", 0, "entry 1 was \"a b:1\"")]
    [InlineData("a:1,b:2,a:1", 0, "The machines name a:1 twice")]
    [InlineData("a:1,b:2", 2, "from 0 to 1; it was 2.")]
    [InlineData("a:1,b:2", -1, "from 0 to 1; it was -1.")]
    [InlineData("a:1", 1, "The rank of the only machine is 0; it was 1.")]
    public void What_is_no_list_is_refused_with_the_place(string text, int rank, string sentence)
    {
        var refusal = Assert.Throws<InvalidOptionException>(() => MachineList.Read(text, rank));

        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_more_machines_are_taken_than_can_talk_to_each_other()
    {
        var refusal = Assert.Throws<InvalidOptionException>(
            () => MachineList.Read(string.Join(',', Enumerable.Range(1, 65).Select(port => $"a:{port}")), 0));

        Assert.Equal("At most 64 machines train together; there were 65.", refusal.Message);
    }
}
