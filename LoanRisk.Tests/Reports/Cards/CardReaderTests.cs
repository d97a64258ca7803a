using LoanRisk.Lending.Models;
using LoanRisk.Reports.Cards;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Reports.Cards;

public sealed class CardReaderTests(TrainedPeerLoan trained)
{
    [Fact]
    public void Headings_paragraphs_lists_and_tables_are_told_apart()
    {
        var blocks = CardReader.Read(
            "# Title\n\nOne line\nof text.\n\n## Part\n- a\n- b `c`\n\n| Name | Value |\n|---|---:|\n| x | 1 |\n| y | 2 |\n\n| | "
            + "|\n|---|---|\n| Trained | today |\n");

        Assert.Equal(new CardHeading(1, "Title"), blocks[0]);
        Assert.Equal(new CardParagraph("One line of text."), blocks[1]);
        Assert.Equal(new CardHeading(2, "Part"), blocks[2]);
        Assert.Equal(["a", "b `c`"], Assert.IsType<CardList>(blocks[3]).Items);
        var table = Assert.IsType<CardTable>(blocks[4]);
        Assert.Equal(["Name", "Value"], table.Header);
        Assert.Equal([false, true], table.Right);
        Assert.Equal(["y", "2"], table.Rows[1]);
        Assert.Empty(Assert.IsType<CardTable>(blocks[5]).Header);
    }

    [Fact]
    public void What_is_no_markup_here_stays_text() =>
        Assert.Equal(
            new CardParagraph("<script>alert(1)</script> #1 [x](javascript:y)"),
            Assert.Single(CardReader.Read("<script>alert(1)</script> #1 [x](javascript:y)")));

    [Fact]
    public void A_card_of_the_trainer_leaves_no_mark_of_a_table_or_heading_in_its_text()
    {
        var blocks = CardReader.Read(trained.Package.Text(PackageFiles.Card));

        Assert.True(blocks.OfType<CardTable>().Count() >= 5);
        Assert.DoesNotContain(
            blocks.OfType<CardParagraph>(), paragraph => paragraph.Text.StartsWith('|') || paragraph.Text.StartsWith('#'));
        Assert.All(blocks.OfType<CardTable>(), table => Assert.All(table.Rows, row => Assert.Equal(table.Right.Count, row.Count)));
    }
}
