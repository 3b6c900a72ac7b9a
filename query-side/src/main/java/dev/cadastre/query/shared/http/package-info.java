/** How queries come in and answers go out over HTTP. */
@NullMarked
package dev.cadastre.query.shared.http;

import org.jspecify.annotations.NullMarked;
