/** Snapshots: what they show, its digest, whether that holds, and what was corrected since. */
@NullMarked
package dev.cadastre.query.snapshots.model;

import org.jspecify.annotations.NullMarked;
