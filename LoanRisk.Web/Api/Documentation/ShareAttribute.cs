using System.ComponentModel.DataAnnotations;

namespace LoanRisk.Web.Api.Documentation;

/// <summary>A number of an answer that is a share or a probability, 0 to 1.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ShareAttribute() : RangeAttribute(0, 1);
