/** Commands that take snapshots of a running server's register and come back to them. */
@NullMarked
package dev.cadastre.standalone.snapshots;

import org.jspecify.annotations.NullMarked;
