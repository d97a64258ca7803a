using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Csv;

namespace LoanRisk.Pipeline.Data;

/// <summary>Where a product's fields stand in a file. Training and scoring read rows through here alone.</summary>
public sealed class ApplicationColumns
{
    private readonly LoanProduct _product;
    private readonly int[] _columns;

    /// <summary>Finds every feature of the product in the header, by the data's column or else by the feature's own name.</summary>
    /// <exception cref="CsvFileException">A feature has no column.</exception>
    public ApplicationColumns(CsvSource source, LoanProduct product)
    {
        _product = product;
        _columns =
        [
            .. product.Features.Select(
                f => source.Column(source.Header.Contains(f.Name) && !source.Header.Contains(f.Column) ? f.Name : f.Column))
        ];
    }

    /// <summary>The place of each feature's column, in feature order.</summary>
    public IReadOnlyList<int> Places => _columns;

    /// <summary>Checks a row as every application is checked, values in the data's own spelling.</summary>
    public ApplicationCheck Check(string[] fields)
    {
        var values = new Dictionary<string, FieldValue>(_columns.Length);
        for (var i = 0; i < _columns.Length; i++)
        {
            values.Add(_product.Features[i].Name, FieldValue.OfText(fields[_columns[i]]));
        }

        return LoanApplication.Check(_product, values, InputStyle.Text);
    }
}
