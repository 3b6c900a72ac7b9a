/** What the documents say of the API is what the server does. */
@NullMarked
package dev.cadastre.standalone.description;

import org.jspecify.annotations.NullMarked;
