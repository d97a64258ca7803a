using System.Xml.Linq;
using LoanRisk.Store.Keys;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace LoanRisk.Web.Security;

/// <summary>Gives ASP.NET Core's data protection the keys that all nodes share.</summary>
internal sealed class ServerKeyRepository(FormKeys keys) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. keys.All().Select(XElement.Parse)];

    public void StoreElement(XElement element, string friendlyName) =>
        keys.Add(friendlyName, element.ToString(SaveOptions.DisableFormatting));
}
