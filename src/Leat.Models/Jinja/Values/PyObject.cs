namespace Leat.Models.Jinja;

/// <summary>A value with members, beyond Python's plain ones.</summary>
internal abstract class PyObject
{
    /// <summary>What messages call it: "datetime.date".</summary>
    public abstract string TypeName { get; }

    /// <summary>Looks a member up; false makes an undefined.</summary>
    public virtual bool TryMember(string name, out object? value)
    {
        value = null;
        return false;
    }

    public virtual bool TryItem(object? key, out object? value)
    {
        value = null;
        return false;
    }

    public virtual bool Truth => true;

    /// <summary>Python's str().</summary>
    public abstract string Text { get; }

    public virtual string Representation => Text;
}
