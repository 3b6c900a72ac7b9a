/** The HTTP of change sets. */
@NullMarked
package dev.cadastre.query.changes.http;

import org.jspecify.annotations.NullMarked;
