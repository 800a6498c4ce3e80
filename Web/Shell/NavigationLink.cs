namespace Discovery.Web.Shell;

/// <summary>An entry of the menu that all pages of a host have; registered as a service by each part of it.</summary>
/// <param name="Name">What people read.</param>
/// <param name="Address">A path, such as <c>/browse</c>; pages below it belong to it.</param>
/// <param name="Order">Smaller ones come first.</param>
public sealed record NavigationLink(string Name, string Address, int Order);

/// <summary>The search box that all pages of a host have; registered as a service by the part that answers it.</summary>
/// <param name="Address">A path that takes <c>q</c>.</param>
/// <param name="Label">What it searches.</param>
/// <param name="Placeholder">What can be typed.</param>
public sealed record SearchBox(string Address, string Label, string Placeholder);
