/// The main job as a story: three members' nodes on one machine, each with its own database and keys. Start at
/// [DemoCommand].
@NullMarked
package org.kerege.node.demo;

import org.jspecify.annotations.NullMarked;
