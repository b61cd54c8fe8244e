// Answers, for one message per line of stdin, what Apache's own codecs make of it.
//
// in:   class <tab> version <tab> hex of our bytes <tab> our message as JSON, or "-"
// out:  hex of what Java writes after reading our bytes
//       <tab> hex of what Java writes for our JSON, or "-"
// or:   ERROR <what was thrown>
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.MessageUtil;

public class Oracle {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HexFormat HEX = HexFormat.of();

    public static void main(String[] args) throws Exception {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var out = new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), false, "UTF-8");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] parts = line.split("\t", -1);
            try {
                out.println(answer(parts[0], Short.parseShort(parts[1]), parts[2], parts[3]));
            } catch (Throwable error) {
                out.println("ERROR " + error.toString().replace('\n', ' '));
            }
        }
        out.flush();
    }

    private static String answer(String className, short version, String hex, String json)
            throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(HEX.parseHex(hex));
        Message message = (Message) Class.forName(className).getDeclaredConstructor().newInstance();
        message.read(new ByteBufferAccessor(bytes), version);
        if (bytes.hasRemaining()) throw new IllegalStateException(bytes.remaining() + " bytes are left");
        String again = HEX.formatHex(write(message, version));
        return again + "\t" + (json.equals("-") ? "-" : HEX.formatHex(write(fromJson(className, version, json), version)));
    }

    private static Message fromJson(String className, short version, String json) throws Exception {
        var read = Class.forName(className + "JsonConverter").getMethod("read", JsonNode.class, short.class);
        return (Message) read.invoke(null, JSON.readTree(json), version);
    }

    private static byte[] write(Message message, short version) {
        ByteBuffer buffer = MessageUtil.toByteBufferAccessor(message, version).buffer();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
