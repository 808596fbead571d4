/// An alliance's acts as files: a folder with its log and proofs, a bundle that travels, and the verdict of whoever has
/// nothing but the bundle. Start at [AllianceFolder] and [Verification].
@NullMarked
package org.kerege.charter.alliance;

import org.jspecify.annotations.NullMarked;
