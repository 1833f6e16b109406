/** Lies beside an exported ledger, for whoever has to check it: both languages in one file, since nobody asks which. */
export const exportReadme = `在岗：值班台账导出

ledger-….jsonl            每行一条记录及其 SHA-256；每批记录之后有一行封印（seal），含前一封印的哈希和 Ed25519 签名
ledger-….personal.jsonl   姓名、电话、原文等个人信息；可以依法删除，删除后封印仍然有效
public-key.pem            公钥

校验（不需要联网，也不需要原系统的数据）：

    npm run -s zaigang -- ledger verify 本文件夹 --public-key public-key.pem

任何一个字节被改动、缺行、换序、缺文件、换钥，都会指出文件、行号和记录号。
末尾整批（连同封印）被截去时，文件本身看不出来：请把结果中的 to 与 hash 同办公室留存的数字核对。

Zaigang: export of the duty ledger

ledger-….jsonl            one row a line with its SHA-256; each batch is closed by a seal with the hash of the seal
                          before it and an Ed25519 signature
ledger-….personal.jsonl   names, numbers and texts; may be removed, the seals stay valid
public-key.pem            the public key

To check it, without a network and without the system it came from:

    npm run -s zaigang -- ledger verify THIS-FOLDER --public-key public-key.pem

One changed byte, a missing row, another order, a missing file or another key is named with file, line and row.
Whole batches cut off the end together with their seals can't be seen in the files: compare "to" and "hash" of the
result with what the office has noted.
`;
