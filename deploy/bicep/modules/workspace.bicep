// The Log Analytics workspace that Container Insights writes to, or one that exists.
param location string
param name string
param existingName string
param dailyCapGb int
param retentionDays int

resource made 'Microsoft.OperationalInsights/workspaces@2023-09-01' = if (empty(existingName)) {
  name: name
  location: location
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    workspaceCapping: { dailyQuotaGb: dailyCapGb }
    features: {
      // Who may read a cluster may read its rows; the identity reads the whole workspace.
      enableLogAccessUsingOnlyResourcePermissions: true
    }
  }
}

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = {
  name: empty(existingName) ? name : existingName
  dependsOn: [made]
}

output name string = workspace.name
output resourceId string = workspace.id
output customerId string = workspace.properties.customerId
