/// Who chairs at an instant: computed from a rule pack and the decisions that depart from it, without any clock or
/// job. Start at [Rotation]; [RotationFile] reads rule packs.
@NullMarked
package org.kerege.charter.rotation;

import org.jspecify.annotations.NullMarked;
