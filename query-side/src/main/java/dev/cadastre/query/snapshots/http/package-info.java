/** Snapshots over HTTP: what they are, what they show, and whether that still holds. */
@NullMarked
package dev.cadastre.query.snapshots.http;

import org.jspecify.annotations.NullMarked;
