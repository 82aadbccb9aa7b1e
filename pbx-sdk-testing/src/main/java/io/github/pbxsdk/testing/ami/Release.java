package io.github.pbxsdk.testing.ami;

/** What differs between the servers that are imitated. */
enum Release {
    /** Asterisk 16.25.0. */
    ASTERISK_16("5.0.4", "16.25.0"),
    /** Asterisk 22.10.1. */
    ASTERISK_22("11.0.0", "22.10.1");

    private final String ami;
    private final String asterisk;

    Release(String ami, String asterisk) {
        this.ami = ami;
        this.asterisk = asterisk;
    }

    String greeting() {
        return "Asterisk Call Manager/" + ami;
    }

    AmiMessage coreSettings() {
        AmiMessage settings =
                AmiMessage.of(
                        "Response", "Success",
                        "AMIversion", ami,
                        "AsteriskVersion", asterisk,
                        "SystemName", "",
                        "CoreMaxCalls", "0",
                        "CoreMaxLoadAvg", "0.000000",
                        "CoreRunUser", "",
                        "CoreRunGroup", "",
                        "CoreMaxFilehandles", "0",
                        "CoreRealTimeEnabled", "No",
                        "CoreCDRenabled", "Yes",
                        "CoreHTTPenabled", "Yes");
        return this == ASTERISK_16 ? settings : settings.with("SoundsSearchCustomDir", "No");
    }

    AmiMessage coreStatus(String date, String time) {
        AmiMessage status =
                AmiMessage.of(
                        "Response", "Success",
                        "CoreStartupDate", date,
                        "CoreStartupTime", time,
                        "CoreReloadDate", date,
                        "CoreReloadTime", time,
                        "CoreCurrentCalls", "0");
        return this == ASTERISK_16 ? status : status.with("CoreProcessedCalls", "0");
    }
}
