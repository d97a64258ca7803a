using System.Text;
using System.Text.Json;
using LoanRisk.Lending.Calibration;
using LoanRisk.Trees;
using LoanRisk.Trees.Text;

namespace LoanRisk.Lending.Models;

/// <summary>Reads the files of a package into what they stand for.</summary>
internal static class PackageReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Text(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, string name)
    {
        if (!files.TryGetValue(name, out var content))
        {
            throw new ModelPackageException(name, "The file is missing. Restore it, or train the model again.");
        }

        try
        {
            return StrictUtf8.GetString(content.Span);
        }
        catch (DecoderFallbackException exception)
        {
            throw new ModelPackageException(name, "The file is not UTF-8 text. Restore it, or train the model again.", exception);
        }
    }

    public static TreeModel Trees(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files)
    {
        try
        {
            return TreeModel.Parse(Text(files, PackageFiles.Model));
        }
        catch (ModelFormatException exception)
        {
            throw new ModelPackageException(PackageFiles.Model, exception.Message, exception);
        }
    }

    public static ProbabilityCalibration Calibration(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files)
    {
        try
        {
            return ProbabilityCalibration.FromJson(Text(files, PackageFiles.Calibration));
        }
        catch (CalibrationFormatException exception)
        {
            throw new ModelPackageException(PackageFiles.Calibration, exception.Message, exception);
        }
    }

    public static void Json(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(Text(files, name));
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new ModelPackageException(name, "The file must hold a JSON object. Train the model again.");
            }
        }
        catch (JsonException exception)
        {
            throw new ModelPackageException(name, $"The file is not JSON. {exception.Message} Train the model again.", exception);
        }
    }
}
