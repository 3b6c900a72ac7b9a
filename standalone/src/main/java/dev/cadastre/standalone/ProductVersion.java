package dev.cadastre.standalone;

import picocli.CommandLine.IVersionProvider;

/** The version as the jar's manifest has it. */
final class ProductVersion implements IVersionProvider {

    static String text() {
        String version = ProductVersion.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"cadastre " + text(), "Java " + Runtime.version()};
    }
}
