/** Where snapshots are taken. */
@NullMarked
package dev.cadastre.command.snapshots.http;

import org.jspecify.annotations.NullMarked;
