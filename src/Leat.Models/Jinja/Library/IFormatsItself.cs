namespace Leat.Models.Jinja;

/// <summary>A value with a format language of its own: dates.</summary>
internal interface IFormatsItself
{
    string Format(string spec);
}
