/// Commands that need no server, and what all commands share: exit codes, progress, version.
@NullMarked
package org.kerege.node.command;

import org.jspecify.annotations.NullMarked;
