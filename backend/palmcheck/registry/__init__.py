"""What is inspected and who inspects: targets and inspectors (检查对象名录库, 执法检查人员名录库)."""
