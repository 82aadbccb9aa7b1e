package io.github.pbxsdk.samples.runner;

import java.util.Locale;

/**
 * The settings of samples, by the names of the environment.
 *
 * <p>{@code AMI_HOST} can be given as {@code --ami-host} too, or read from the file that {@code
 * AMI_HOST_FILE} or {@code --ami-host-file} names. docs/configuration.md has the same table.
 */
public enum Setting {
    /** Address of the FreePBX. */
    FREEPBX_URL("URL", "address of the FreePBX, such as https://pbx.example.com"),
    /** Key of its REST API. */
    FREEPBX_API_KEY("KEY", "key of the FreePBX REST API"),
    /** Secret of its REST API. */
    FREEPBX_API_SECRET("SECRET", "secret of the FreePBX REST API"),
    /** Client of its OAuth2. */
    FREEPBX_CLIENT_ID("ID", "client id of an API application (OAuth2)"),
    /** Secret of that client. */
    FREEPBX_CLIENT_SECRET("SECRET", "client secret of that API application"),
    /** Administrator of its web interface. */
    FREEPBX_GUI_USER("USER", "administrator of the web interface, for what has no API"),
    /** Password of the administrator. */
    FREEPBX_GUI_PASSWORD("PASSWORD", "password of that administrator"),
    /** Sender of texts. */
    FREEPBX_DEFAULT_FROM("NUMBER", "number that texts are sent from when none is named"),
    /** Minutes between two syncs. */
    FREEPBX_SYNC_INTERVAL_MINUTES("MINUTES", "minutes between two syncs of recordings"),

    /** Host of the manager interface. */
    AMI_HOST("HOST", "host of the Asterisk manager interface"),
    /** Port of the manager interface. */
    AMI_PORT("PORT", "its port"),
    /** Manager user. */
    AMI_USER("USER", "manager user"),
    /** Secret of the manager user. */
    AMI_SECRET("SECRET", "secret of the manager user"),

    /** Address of the REST interface. */
    ARI_URL("URL", "address of the Asterisk REST interface, such as http://pbx.example.com:8088"),
    /** ARI user. */
    ARI_USER("USER", "ARI user"),
    /** Password of the ARI user. */
    ARI_PASSWORD("PASSWORD", "password of the ARI user"),

    /** SIP server. */
    SIP_SERVER("HOST[:PORT]", "SIP server"),
    /** SIP domain. */
    SIP_DOMAIN("DOMAIN", "SIP domain, where it is not the server's name"),
    /** Extension. */
    SIP_EXTENSION("EXTENSION", "extension to register"),
    /** Password of the extension. */
    SIP_PASSWORD("PASSWORD", "password of the extension"),

    /** SIP over WebSocket. */
    PBX_WS_SERVER("HOST:PORT", "server for SIP over WebSocket"),
    /** Domain for it. */
    PBX_DOMAIN("DOMAIN", "SIP domain for registration over WebSocket"),
    /** Certificate to trust. */
    PBX_CA("FILE", "PEM file of the certificate authority to trust besides the usual ones"),

    /** User of SMS Broadcast. */
    SMS_BROADCAST_USERNAME("USER", "user of the SMS Broadcast account"),
    /** Password of SMS Broadcast. */
    SMS_BROADCAST_PASSWORD("PASSWORD", "password of the SMS Broadcast account"),
    /** Sender name. */
    SMS_SENDER_ID("NAME", "sender name or number shown on the handset");

    private final String placeholder;
    private final String meaning;

    Setting(String placeholder, String meaning) {
        this.placeholder = placeholder;
        this.meaning = meaning;
    }

    /** Returns what stands for the value in help, such as {@code HOST}. */
    String placeholder() {
        return placeholder;
    }

    /** Returns what it means, in one line. */
    String meaning() {
        return meaning;
    }

    /** Returns the argument without its dashes, such as {@code ami-host}. */
    String argument() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
