/// Who may have what, and why: markings read into a lattice, one decision for every recipient, and reduced
/// objects that still verify. Start at [Gate], the one door; [Label] is what markings say and [Release] what
/// follows from it. No framework, no clock, no store of its own.
@NullMarked
package org.kerege.gate;

import org.jspecify.annotations.NullMarked;
