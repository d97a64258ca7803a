using Bunit;
using Bunit.Diffing;
using Bunit.Extensions;
using Bunit.Rendering;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.JSInterop;

namespace LoanRisk.Tests.Web.Components;

/// <summary>Renders one component. bUnit's own context registers types that .NET 10 no longer has; this one registers what rendering needs.</summary>
internal sealed class ComponentBench : TestContextBase
{
    public ComponentBench()
    {
        Services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        Services.AddSingleton<IJSRuntime, NoScript>();
        Services.AddSingleton<IRenderedComponentActivator, RenderedComponentActivator>();
        Services.AddSingleton<TestServiceProvider>(Services);
        Services.AddSingleton<ITestRenderer, WebTestRenderer>();
        Services.AddSingleton<HtmlComparer>();
        Services.AddSingleton<TestContextBase>(this);
        Services.AddSingleton<BunitHtmlParser>();
    }

    /// <summary>Renders a component with parameters.</summary>
    public IRenderedComponent<T> Render<T>(Action<ComponentParameterCollectionBuilder<T>> parameters)
        where T : IComponent =>
        (IRenderedComponent<T>)Renderer.RenderComponent(parameters);

    /// <summary>The components here are rendered to HTML once: a call of script is a mistake.</summary>
    private sealed class NoScript : IJSRuntime
    {
        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => throw new InvalidOperationException($"{identifier}: no component here may need script.");

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<TValue>(identifier, args);
    }
}
