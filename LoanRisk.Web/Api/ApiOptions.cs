using LoanRisk.Web.Settings;

namespace LoanRisk.Web.Api;

/// <summary>The settings of the API.</summary>
public sealed class ApiOptions
{
    /// <summary>The name of <see cref="Operations"/>.</summary>
    public const string OperationsSetting = "LoanRisk:Api:Operations";

    /// <summary>The API takes uploads, training jobs and outcomes.</summary>
    [Setting(OperationsSetting, "allowed are true and false, or leave it out")]
    public bool Operations { get; set; }
}
