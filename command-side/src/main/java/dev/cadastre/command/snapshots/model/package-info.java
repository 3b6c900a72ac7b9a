/** Taking snapshots: which coordinates are meant, and what a scope may say. */
@NullMarked
package dev.cadastre.command.snapshots.model;

import org.jspecify.annotations.NullMarked;
