/** The port of the version store: the bodies of versions, written once and read by key. */
@NullMarked
package dev.cadastre.query.versions.store;

import org.jspecify.annotations.NullMarked;
